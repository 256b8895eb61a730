/** Assigns short placeholders to the names and values of an expression, because DynamoDB limits expressions to 4 KB. */
export class Placeholders {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, unknown> = {};
  readonly #byName = new Map<string, string>();

  name(name: string): string {
    const existing = this.#byName.get(name);
    if (existing !== undefined) {
      return existing;
    }
    const placeholder = `#${this.#byName.size.toString(36)}`;
    this.#byName.set(name, placeholder);
    this.names[placeholder] = name;
    return placeholder;
  }

  value(value: unknown): string {
    const placeholder = `:${Object.keys(this.values).length.toString(36)}`;
    this.values[placeholder] = value;
    return placeholder;
  }

  get attributes() {
    return {
      ...(Object.keys(this.names).length > 0 && { ExpressionAttributeNames: this.names }),
      ...(Object.keys(this.values).length > 0 && { ExpressionAttributeValues: this.values }),
    };
  }
}
