/** What a recipient's id may hold, and how many of them one call may name. */
export const idLengthMax = 20;
export const idsPerCallMax = 50;

const idForm = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const separator = /[\s,;|、。｡､…"'`“”‘’「」《》<>()[\]{}【】]+/u;
const fullWidth = /[\uFF01-\uFF5E]/g;
const invisible = /[\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g;
const fullWidthOffset = 0xfee0;

/** Letters, digits and punctuation as wide as Chinese characters are written as their narrow ones; what cannot be seen goes. */
const plain = (text: string): string =>
  text.replace(invisible, '').replace(fullWidth, (wide) => String.fromCharCode(wide.charCodeAt(0) - fullWidthOffset));

/** All ids in a text, in its order and as often as they stand there, whatever stands between them. */
export const idsIn = (text: string): string[] =>
  plain(text)
    .split(separator)
    .filter((id) => id !== '');

/**
 * Parts what is typed into ids that are finished and the rest that is still being typed. What is pasted in one go with
 * separators is finished as a whole.
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

/** The ids a person has entered, once each, and which of them more than once. */
export interface Entered {
  readonly ids: readonly string[];
  readonly duplicates: ReadonlySet<string>;
}

export const nobody: Entered = { ids: [], duplicates: new Set() };

/** Enters more ids behind those that are there. */
export function enter(entered: Entered, more: readonly string[]): Entered {
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

export function withdraw(entered: Entered, id: string): Entered {
  const duplicates = new Set(entered.duplicates);
  duplicates.delete(id);
  return { ids: entered.ids.filter((one) => one !== id), duplicates };
}

/** What is wrong with the form of an id, or undefined. */
export const formProblemOf = (id: string): 'length' | 'characters' | undefined =>
  !idForm.test(id) ? 'characters' : id.length > idLengthMax ? 'length' : undefined;

/** What there is to say of an id. Those that are wrong cannot be shared with. */
export interface IdIssue {
  readonly isError: boolean;
  readonly what: 'length' | 'characters' | 'owner' | 'unknown' | 'refused' | 'shared' | 'duplicate';
  /** The service's own words. */
  readonly reason?: string;
  /** How many of the images the id holds. */
  readonly images?: number;
}

/** What is known when ids are remarked on. */
interface KnownFacts {
  readonly owners: readonly string[];
  /** The present recipients of every image. */
  readonly recipients: readonly (readonly string[])[];
  /** What the service said of an id, by id. */
  readonly violations: ReadonlyMap<string, { readonly code: string; readonly reason: string }>;
}

/** The foremost remark on every id that there is one on. */
export function issuesOf(
  { ids, duplicates }: Entered,
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
      return { isError: true, what: violation.code === 'RecipientNotFound' ? 'unknown' : 'refused', reason: violation.reason };
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

/** What tells one list of ids from another, in the order of the lists. */
export function differenceOf(before: readonly string[], after: readonly string[]) {
  const [old, fresh] = [new Set(before), new Set(after)];
  return {
    added: [...fresh].filter((id) => !old.has(id)),
    removed: [...old].filter((id) => !fresh.has(id)),
    unchanged: [...old].filter((id) => fresh.has(id)),
  };
}
