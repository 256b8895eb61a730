import { convertToNative } from '@aws-sdk/util-dynamodb';
import { bytesOf, numberOf } from './attribute-values.ts';
import type { Item } from './item.ts';

/**
 * Reads a response of DynamoDB with its items, in one walk and to the same values as `JSON.parse` and `unmarshall`. DynamoDB returns
 * the attributes of an item in any order. `JSON.parse` makes a hidden class for each order, which takes longer than reading the
 * values, so objects have no prototype. Throws SyntaxError if the text isn't such a response.
 */
export const readResponse = (text: string): Item => new Reader(text).response();

class Reader {
  readonly #text: string;
  /** The position of what is read next. */
  #at = 0;
  /** The position of the first backslash in or after the last string, or -1. Most responses have none. */
  #backslash: number;

  constructor(text: string) {
    this.#text = text;
    this.#backslash = text.indexOf('\\');
  }

  response(): Item {
    const response = this.#object(this.#field);
    if (this.#next() !== endOfText) {
      throw this.#unexpected();
    }
    return response;
  }

  readonly #field = (name: string): unknown => {
    switch (name) {
      case 'Item':
      case 'LastEvaluatedKey':
        return this.#item();
      case 'Items':
      case 'Keys':
        return this.#list(this.#item);
      case 'Responses':
        return this.#object(() => this.#list(this.#item));
      case 'UnprocessedKeys':
        return this.#object(() => this.#object(this.#field));
      default:
        return this.#value();
    }
  };

  readonly #item = (): Item => this.#object(this.#attribute);

  readonly #attribute = (): unknown => {
    this.#expect('{');
    const type = this.#string();
    this.#expect(':');
    const value = this.#typed(type);
    this.#expect('}');
    return value;
  };

  #typed(type: string): unknown {
    switch (type) {
      case 'S':
        return this.#string();
      case 'N':
        return numberOf(this.#string());
      case 'BOOL':
        return this.#value();
      case 'M':
        return this.#item();
      case 'L':
        return this.#list(this.#attribute);
      case 'SS':
        return new Set(this.#list(this.#string));
      case 'B':
        return bytesOf(this.#string());
      case 'BS':
        return new Set(this.#list(this.#string).map(bytesOf));
      default:
        return convertToNative({ [type]: this.#value() } as never);
    }
  }

  /** Reads any JSON. */
  readonly #value = (): unknown => {
    switch (this.#next()) {
      case '{':
        return this.#object(this.#value);
      case '[':
        return this.#list(this.#value);
      case '"':
        return this.#string();
      default:
        return this.#scalar();
    }
  };

  #object(read: (name: string) => unknown): Item {
    const object: Item = Object.create(null);
    this.#expect('{');
    if (!this.#accept('}')) {
      do {
        const name = this.#string();
        this.#expect(':');
        object[name] = read(name);
      } while (this.#accept(','));
      this.#expect('}');
    }
    return object;
  }

  #list<Each>(read: () => Each): Each[] {
    const list: Each[] = [];
    this.#expect('[');
    if (!this.#accept(']')) {
      do {
        list.push(read());
      } while (this.#accept(','));
      this.#expect(']');
    }
    return list;
  }

  readonly #string = (): string => {
    this.#expect('"');
    const start = this.#at;
    const quote = this.#text.indexOf('"', start);
    if (this.#backslash !== -1 && this.#backslash < start) {
      this.#backslash = this.#text.indexOf('\\', start);
    }
    const hasEscapes = this.#backslash !== -1 && this.#backslash < quote;
    const end = hasEscapes ? this.#unescapedQuote(quote) : quote;
    if (end === -1) {
      throw this.#unexpected();
    }
    this.#at = end + 1;
    return hasEscapes ? (JSON.parse(this.#text.slice(start - 1, end + 1)) as string) : this.#text.slice(start, end);
  };

  /** Returns the position of the first quote, from this one on, that ends the string, or -1. */
  #unescapedQuote(quote: number): number {
    let end = quote;
    for (let at = this.#backslash; at !== -1 && at < end; at = this.#text.indexOf('\\', at + 2)) {
      if (at + 1 === end) {
        end = this.#text.indexOf('"', end + 1);
      }
    }
    return end;
  }

  /** Reads a number, a boolean, or null. */
  #scalar(): unknown {
    scalarForm.lastIndex = this.#at;
    const [text] = scalarForm.exec(this.#text) ?? [];
    if (text === undefined) {
      throw this.#unexpected();
    }
    this.#at += text.length;
    return JSON.parse(text);
  }

  /** Returns the next character that isn't white space. */
  #next(): string | undefined {
    while (this.#text.charCodeAt(this.#at) <= space) {
      this.#at += 1;
    }
    return this.#text[this.#at];
  }

  /** Reads this character if it is next. */
  #accept(character: string): boolean {
    if (this.#next() !== character) {
      return false;
    }
    this.#at += 1;
    return true;
  }

  #expect(character: string): void {
    if (!this.#accept(character)) {
      throw this.#unexpected();
    }
  }

  #unexpected(): SyntaxError {
    return new SyntaxError(`The response of DynamoDB is not JSON at position ${this.#at}`);
  }
}

const endOfText = undefined;
const space = 32;
const scalarForm = /[^\s,\]}]+/y;
