import type { Fields } from '../fields.ts';
import type { CommandLine, Source, Sources } from './command-line.ts';

type Limits = Pick<CommandLine, 'dropsEmpty' | 'charactersMax'>;

/** Reads fields, and remembers those that a parameter has expressed. */
export class FieldReader {
  readonly #fields: Fields;
  readonly #limits: Limits;
  readonly expressed = new Set<string>();

  constructor(fields: Fields, limits: Limits = { dropsEmpty: false }) {
    this.#fields = fields;
    this.#limits = limits;
  }

  /** Undefined for a field that is absent, empty, or can't be expressed. */
  read(name: string, convert: (value: unknown) => unknown = (value) => value): unknown {
    const value = this.#fields[name];
    const { dropsEmpty, charactersMax = {} } = this.#limits;
    const isTooLong = typeof value === 'string' && [...value].length > (charactersMax[name] ?? Infinity);
    const isEmpty = (value === '' && dropsEmpty) || (Array.isArray(value) && value.length === 0);
    const result = value === undefined || isTooLong || isEmpty ? undefined : convert(value);
    if (result !== undefined) {
      this.expressed.add(name);
    }
    return result;
  }
}

const isList = (source: Source): source is readonly Source[] => Array.isArray(source);

/** The value of a source. Undefined if its field is. A list leaves out undefined parts. */
export function valueFor(source: Source, reader: FieldReader): unknown {
  if (typeof source === 'string') {
    const [, field] = /^\{(\w+)\}$/.exec(source) ?? [];
    return field === undefined
      ? source.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(reader.read(name)))
      : reader.read(field);
  }
  if (isList(source)) {
    const list = source.flatMap((part) => valueFor(part, reader) ?? []);
    return list.length === 0 ? undefined : list;
  }
  if ('values' in source) {
    return reader.read(source.from, (value) => source.values[String(value)]);
  }
  if ('prefix' in source) {
    return reader.read(source.from, (value) => String(value).replace(...source.prefix));
  }
  if ('each' in source) {
    const { each, as } = source;
    return reader.read(each, (entries) => (entries as readonly Fields[]).map((entry) => valuesFor(as, new FieldReader(entry))));
  }
  const entry = valuesFor(source.entry, reader);
  return Object.keys(entry).length === Object.keys(source.entry).length ? entry : undefined;
}

/** The values of the sources, without undefined ones. */
export const valuesFor = (sources: Sources, reader: FieldReader): Fields =>
  Object.fromEntries(
    Object.entries(sources)
      .map(([name, source]) => [name, valueFor(source, reader)] as const)
      .filter(([, value]) => value !== undefined),
  );

/** Names and values as they appear in a command. */
export function flatParameters(
  name: string,
  value: unknown,
  lists: CommandLine['lists'],
): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null) {
    return [[name, String(value)]];
  }
  if (lists === 'json') {
    return [[name, JSON.stringify(value)]];
  }
  return Object.entries(value).flatMap(([part, child]) =>
    flatParameters(`${name}.${Array.isArray(value) ? Number(part) + lists : part}`, child, lists),
  );
}
