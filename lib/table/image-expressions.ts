import type { ImageChange, ImageExpectation, Step } from '../model/plan.ts';
import { endedAttributes, mapOf } from './items.ts';

type ChangeImage = Extract<Step, { do: 'change-image' }>;

/** The condition and the update of one image, with the names and values that they use. */
export function imageExpressions(step: ChangeImage) {
  const words = new Placeholders();
  return {
    UpdateExpression: imageUpdate(step, words),
    ConditionExpression: imageCondition(step.expect, words),
    ...words.attributes,
  };
}

/** Collects the names and values of one expression under short placeholders: DynamoDB takes 4 KB an expression. */
class Placeholders {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, unknown> = {};
  readonly #byName = new Map<string, string>();

  name(name: string): string {
    const known = this.#byName.get(name);
    if (known !== undefined) {
      return known;
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

function imageCondition(expect: ImageExpectation, words: Placeholders): string {
  // DynamoDB refuses a name that no expression uses, so the map's is taken only where it is.
  const map = () => words.name('recipients');
  const entry = (recipient: string) => `${map()}.${words.name(recipient)}`;
  const exists = 'attribute_exists(PK)';
  const hasNotEnded = `attribute_not_exists(${words.name('endedAt')})`;
  const detailsAreAsSeen =
    expect.detailsRevision !== undefined ? [`${words.name('detailsRevision')} = ${words.value(expect.detailsRevision)}`] : [];
  const isInState = expect.state !== undefined ? [`${words.name('state')} = ${words.value(expect.state)}`] : [];
  const mapIsExactly = expect.exactly !== undefined ? [`${map()} = ${words.value(mapOf(expect.exactly))}`] : [];
  const hasRoom = expect.entriesAtMost !== undefined ? [`size(${map()}) <= ${words.value(expect.entriesAtMost)}`] : [];
  const entriesAreAsSeen = Object.entries(expect.entries ?? {}).map(
    ([recipient, end]) => `${entry(recipient)} = ${words.value(end)}`,
  );
  const strangersAreAbsent = (expect.absent ?? []).map((recipient) => `attribute_not_exists(${entry(recipient)})`);
  return [
    exists,
    hasNotEnded,
    ...isInState,
    ...detailsAreAsSeen,
    ...mapIsExactly,
    ...hasRoom,
    ...entriesAreAsSeen,
    ...strangersAreAbsent,
  ].join(' AND ');
}

function imageUpdate(step: ChangeImage, words: Placeholders): string {
  const { details, entries, drop = [], endedAt }: ImageChange = step.change;
  const entry = (recipient: string) => `${words.name('recipients')}.${words.name(recipient)}`;
  const attributes = {
    ...details,
    ...(details?.labels !== undefined && { labels: mapOf(details.labels) }),
    ...(endedAt !== undefined && endedAttributes({ ...step.key, owner: step.owner }, endedAt)),
    ...(step.records !== undefined && { lastRecordId: step.records.lastId }),
  };
  const sets = [
    ...Object.entries(attributes).map(([name, value]) => `${words.name(name)} = ${words.value(value)}`),
    ...Object.entries(entries ?? {}).map(([recipient, end]) => `${entry(recipient)} = ${words.value(end)}`),
  ];
  const numbers = [
    ...(step.records === undefined ? [] : [`${words.name('revision')} ${words.value(step.records.count)}`]),
    ...(details === undefined ? [] : [`${words.name('detailsRevision')} ${words.value(1)}`]),
  ];
  return [
    ...(sets.length > 0 ? [`SET ${sets.join(', ')}`] : []),
    ...(drop.length > 0 ? [`REMOVE ${drop.map(entry).join(', ')}`] : []),
    ...(numbers.length > 0 ? [`ADD ${numbers.join(', ')}`] : []),
  ].join(' ');
}
