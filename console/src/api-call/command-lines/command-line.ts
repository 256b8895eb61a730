import type { paths } from '../../api/schema.d.ts';

type Method = 'post' | 'put' | 'patch' | 'delete';

/** A change of the HTTP API, such as `DELETE /v1/regions/{region}/images/{imageId}`. */
export type Route = {
  [Path in keyof paths]: { [Name in Method]: paths[Path][Name] extends object ? `${Uppercase<Name>} ${Path}` : never }[Method];
}[keyof paths];

/**
 * Where a value comes from. In a text, `{name}` is a field of the path, query, or body; a text of only `{name}` has the type of
 * the field. A list within a list adds its entries.
 */
export type Source =
  | string
  | readonly Source[]
  /** The value for the value of a field. Any other value has no counterpart. */
  | { readonly from: string; readonly values: Readonly<Record<string, string>> }
  /** The value of a field with another prefix. */
  | { readonly from: string; readonly prefix: readonly [string, string] }
  /** An object. Absent if one of its values is. */
  | { readonly entry: Sources }
  /** An object for each entry of a field. The fields are those of the entry; tags are entries with `key` and `value`. */
  | { readonly each: string; readonly as: Sources };

export interface Sources {
  readonly [parameter: string]: Source;
}

/** A call of a cloud. */
export interface CloudCall {
  /** What follows the program. */
  readonly command: string;
  /** Parameters whose field is absent are left out. */
  readonly parameters: Sources;
  /** Fields that aren't in the parameters, and the value that they have in this call. */
  readonly implied?: Readonly<Record<string, unknown>>;
  /** Values of fields for which the call does something else. */
  readonly except?: Readonly<Record<string, string>>;
}

/** The command-line tool of a cloud, and how the changes of the HTTP API are made with it. */
export interface CommandLine {
  readonly name: { readonly en: string; readonly zh: string };
  readonly program: string;
  /** Options of every call. `{host}` and `{origin}` are those of the service, `{project}` is the project that calls. */
  readonly options: Readonly<Record<string, string>>;
  /** More options for a service without TLS. If undefined, the program can't call it. */
  readonly withoutTls?: readonly string[];
  /** Lists are JSON texts, or parameters that are numbered from 0 or 1 on. */
  readonly lists: 'json' | 0 | 1;
  /** Whether `--name=value` is a parameter too. If not, values can start with a hyphen anyway. */
  readonly takesEquals: boolean;
  /** Whether an empty text counts as absent. */
  readonly dropsEmpty: boolean;
  /** The most entries of a list field in one call. More take several calls. */
  readonly perCall: Readonly<Record<string, number>>;
  /** The most characters of a field. */
  readonly charactersMax?: Readonly<Record<string, number>>;
  /** Several calls make the change one after the other. Those that would change nothing are left out. */
  readonly calls: Readonly<Partial<Record<Route, readonly CloudCall[]>>>;
}
