/** Limits of the API: `PrincipalId` and the `recipients` array in docs/openapi.json. */
export const idLengthMax = 20;
export const idsPerCallMax = 50;

const idForm = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const separator = /[\s,;|、。｡､…"'`“”‘’「」《》<>()[\]{}【】]+/u;
const fullWidth = /[\uFF01-\uFF5E]/g;
const invisible = /[\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g;
const fullWidthOffset = 0xfee0;

/** Converts full-width characters (U+FF01 to U+FF5E) to ASCII, and drops invisible ones. */
const plain = (text: string): string =>
  text.replace(invisible, '').replace(fullWidth, (wide) => String.fromCharCode(wide.charCodeAt(0) - fullWidthOffset));

/** All IDs in a text, in order, including duplicates. */
export const idsIn = (text: string): string[] =>
  plain(text)
    .split(separator)
    .filter((id) => id !== '');

/**
 * Splits the input into complete IDs and the rest that is still being typed. Text pasted with separators is complete as a
 * whole.
 */
export function finishedIds(before: string, after: string): { readonly ids: readonly string[]; readonly rest: string } {
  const text = plain(after);
  if (!separator.test(text)) {
    return { ids: [], rest: after };
  }
  const isPasted = after.length - before.length > 1;
  const rest = isPasted ? '' : (text.split(separator).at(-1) ?? '');
  const ids = idsIn(after);
  return { ids: rest === '' ? ids : ids.slice(0, -1), rest };
}

/** Unique IDs, and which of them were entered more than once. */
export interface EnteredIds {
  readonly ids: readonly string[];
  readonly duplicates: ReadonlySet<string>;
}

export const noIds: EnteredIds = { ids: [], duplicates: new Set() };

export function addIds(entered: EnteredIds, more: readonly string[]): EnteredIds {
  const ids = new Set(entered.ids);
  const duplicates = new Set(entered.duplicates);
  for (const id of more) {
    if (ids.has(id)) {
      duplicates.add(id);
    }
    ids.add(id);
  }
  return { ids: [...ids], duplicates };
}

export function removeId(entered: EnteredIds, id: string): EnteredIds {
  const duplicates = new Set(entered.duplicates);
  duplicates.delete(id);
  return { ids: entered.ids.filter((one) => one !== id), duplicates };
}

export const formProblemOf = (id: string): 'length' | 'characters' | undefined =>
  !idForm.test(id) ? 'characters' : id.length > idLengthMax ? 'length' : undefined;

/** An error or a note about an ID. */
export interface IdIssue {
  readonly isError: boolean;
  readonly what: 'length' | 'characters' | 'owner' | 'unknown' | 'declines' | 'shared' | 'duplicate';
  /** How many of the images are already shared with the ID. */
  readonly images?: number;
}

const violationIssues = { RecipientNotFound: 'unknown', RecipientIsOwner: 'owner', RecipientDoesNotAccept: 'declines' } as const;

/** The codes of errors that concern single recipients. */
type RecipientViolation = keyof typeof violationIssues;

export const isRecipientViolation = (code: string): code is RecipientViolation => Object.hasOwn(violationIssues, code);

interface KnownFacts {
  readonly owners: readonly string[];
  /** Current recipients, one list per image. */
  readonly recipients: readonly (readonly string[])[];
  /** Error codes that a dry run returned, by ID. */
  readonly violations: ReadonlyMap<string, RecipientViolation>;
}

/** The most important issue of each ID that has one. */
export function issuesOf(
  { ids, duplicates }: EnteredIds,
  { owners, recipients, violations }: KnownFacts,
): ReadonlyMap<string, IdIssue> {
  const issueOf = (id: string): IdIssue | undefined => {
    const form = formProblemOf(id);
    const violation = violations.get(id);
    const images = recipients.filter((some) => some.includes(id)).length;
    if (form !== undefined) {
      return { isError: true, what: form };
    }
    if (owners.includes(id)) {
      return { isError: true, what: 'owner' };
    }
    if (violation !== undefined) {
      return { isError: true, what: violationIssues[violation] };
    }
    return images > 0
      ? { isError: false, what: 'shared', images }
      : duplicates.has(id)
        ? { isError: false, what: 'duplicate' }
        : undefined;
  };
  return new Map(
    ids.flatMap((id): [string, IdIssue][] => {
      const issue = issueOf(id);
      return issue === undefined ? [] : [[id, issue]];
    }),
  );
}

export function differenceOf(before: readonly string[], after: readonly string[]) {
  const [old, fresh] = [new Set(before), new Set(after)];
  return {
    added: [...fresh].filter((id) => !old.has(id)),
    removed: [...old].filter((id) => !fresh.has(id)),
    unchanged: [...old].filter((id) => fresh.has(id)),
  };
}
