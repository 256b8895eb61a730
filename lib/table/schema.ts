/** The key patterns of the table and its index, and which items expire. docs/table.md is generated from this file. */
import { copyJobDays, usageDaysMax } from '../model/limits.ts';

/** A kind of item. `{name}` in a key pattern is a placeholder for a value. */
export interface ItemSchema {
  /** Description of the content, for docs/table.md. */
  readonly holds: string;
  readonly PK: string;
  readonly SK: string;
  /** Partition and sort key in the index, for items that can be listed. */
  readonly GSI1PK?: string;
  readonly GSI1SK?: string;
  /** When DynamoDB can remove the item, by its `ttl` attribute. Absent: never. */
  readonly expires?: string;
}

export const indexName = 'GSI1';

/** How long a deleted image stays in the table, for its records, and for as long as its usage can be requested. */
export const deletedImageDays = usageDaysMax;

export const schema = {
  image: {
    holds: 'an image, with a set of the recipients whose shares never expire and a map of the others; only these grant access',
    PK: 'IMAGE#{region}#{imageId}',
    SK: 'IMAGE',
    GSI1PK: 'OWNER#{region}#{owner}',
    GSI1SK: '{createdAt}#{imageId}',
  },
  deletedImage: {
    holds: 'the same item after the image was deleted (tombstone); it is no longer in the list of its owner',
    PK: 'IMAGE#{region}#{imageId}',
    SK: 'IMAGE',
    GSI1PK: 'ENDED#{region}#{owner}',
    GSI1SK: '{deletedAt}#{imageId}',
    expires: `${deletedImageDays} days after the image was deleted`,
  },
  share: {
    holds: 'when and by whom an image was shared with a recipient; lists the image for the recipient',
    PK: 'IMAGE#{region}#{imageId}',
    SK: 'SHARE#{recipient}',
    GSI1PK: 'RECIPIENT#{region}#{recipient}',
    GSI1SK: '{sharedAt}#{imageId}',
  },
  record: {
    holds: 'a change of an image; one copy for its owner and one for each recipient concerned',
    PK: 'IMAGE#{region}#{imageId}',
    SK: 'RECORD#{recordId}',
    GSI1PK: 'RECORDS#{principalKind}#{principal}',
    GSI1SK: '{recordId}',
  },
  imageCount: {
    holds: 'number of images that an account or project owns in a region, for its quota',
    PK: 'HOLDER#{region}#{principal}',
    SK: 'QUOTA',
  },
  instanceCount: {
    holds: 'number of instances that an account or project runs in a region',
    PK: 'HOLDER#{region}#{principal}',
    SK: 'INSTANCES',
  },
  instance: {
    holds: 'an instance',
    PK: 'INSTANCE#{region}#{instanceId}',
    SK: 'INSTANCE',
    GSI1PK: 'INSTANCES#{region}#{principal}',
    GSI1SK: '{createdAt}#{instanceId}',
  },
  copyJob: {
    holds: 'a copy job: its copies, the recipients that they will be shared with, and the shares that were refused',
    PK: 'COPYJOB#{region}#{jobId}',
    SK: 'COPYJOB',
    GSI1PK: 'COPYJOBS#{region}#{principal}',
    GSI1SK: '{createdAt}#{jobId}',
    expires: `${copyJobDays} days after the job was started`,
  },
  account: {
    holds: 'an account, with the IDs of its access keys, and the numbers of its open projects and of its address book entries',
    PK: 'ACCOUNT#{accountId}',
    SK: 'ACCOUNT#{accountId}',
  },
  project: {
    holds: 'a project',
    PK: 'PROJECT#{projectId}',
    SK: 'PROJECT#{projectId}',
    GSI1PK: 'PROJECTS#{account}',
    GSI1SK: '{projectId}',
  },
  accessKey: {
    holds: 'an access key with its sealed secret',
    PK: 'KEY#{keyId}',
    SK: 'KEY#{keyId}',
  },
  addressBookEntry: {
    holds: 'the name and note of another account or project in the address book of an account',
    PK: 'CONTACTS#{accountId}',
    SK: '{principalId}',
  },
  nonce: {
    holds: 'the nonce of a signed request, and a digest of the request, to recognize both if they are received again',
    PK: 'NONCE#{keyId}#{digest}',
    SK: 'NONCE#{keyId}#{digest}',
    expires: 'when the signature is too old to be accepted',
  },
  idempotency: {
    holds: 'the response to a call with an `Idempotency-Key`',
    PK: 'IDEMPOTENCY#{digest}',
    SK: 'IDEMPOTENCY#{digest}',
    expires: '24 hours after the call',
  },
  task: {
    holds: 'a clean-up task; its sort key starts with the time at which it is due',
    PK: 'DUE#{shard}',
    SK: '{dueAt}#{kind}#{subject}#{ref}',
  },
} as const satisfies Readonly<Record<string, ItemSchema>>;

export type ItemKind = keyof typeof schema;

export interface Key {
  readonly PK: string;
  readonly SK: string;
}

/** The names of the placeholders in a key pattern. */
type Names<Pattern extends string> = Pattern extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;

export type KeyValues<Pattern extends string> = Readonly<Record<Names<Pattern>, string>>;

/** Fills in the placeholders of a pattern. */
export const fillPattern = <const Pattern extends string>(pattern: Pattern, values: KeyValues<Pattern>): string =>
  partsOf(pattern)
    .map((part, index) => (index % 2 === 0 ? part : (values as Readonly<Record<string, string>>)[part]))
    .join('');

/** Keeps what is computed from a pattern: lists need it for every item. */
function oncePerPattern<Result>(compute: (pattern: string) => Result): (pattern: string) => Result {
  const results = new Map<string, Result>();
  return (pattern) => {
    const known = results.get(pattern);
    if (known !== undefined) {
      return known;
    }
    const result = compute(pattern);
    results.set(pattern, result);
    return result;
  };
}

/** Splits a pattern: the texts between the names of the placeholders, and the names at odd positions. */
const partsOf = oncePerPattern((pattern): readonly string[] => pattern.split(/[{}]/));

/** Returns the names of the placeholders, and which part of a filled pattern has the value of each. */
const placeholdersOf = oncePerPattern((pattern) =>
  pattern.split('#').flatMap((part, index) => (isPlaceholder(part) ? [{ name: part.slice(1, -1), index }] : [])),
);

/** Parses the values in a filled pattern. No value contains "#". */
export function parsePattern<const Pattern extends string>(pattern: Pattern, text: string): KeyValues<Pattern> {
  const parts = text.split('#');
  const values: Record<string, string> = {};
  for (const { name, index } of placeholdersOf(pattern)) {
    values[name] = parts[index] ?? '';
  }
  return values as KeyValues<Pattern>;
}

/** Creates the key of an item. */
export const keyOf = <const Schema extends Pick<ItemSchema, 'PK' | 'SK'>>(
  { PK, SK }: Schema,
  values: KeyValues<Schema['PK'] | Schema['SK']>,
): Key => ({ PK: fillPattern(PK as string, values as never), SK: fillPattern(SK as string, values as never) });

/** Returns the kind of item of a key. Deleted images have the key of an image and count as images. */
export const kindOf = ({ PK, SK }: Key): ItemKind | undefined =>
  (Object.keys(schema) as ItemKind[]).find((kind) => matches(schema[kind].PK, PK) && matches(schema[kind].SK, SK));

function matches(pattern: string, text: string): boolean {
  const parts = text.split('#');
  return pattern.split('#').every((part, index) => isPlaceholder(part) || part === parts[index]);
}

const isPlaceholder = (part: string): boolean => part.startsWith('{');
