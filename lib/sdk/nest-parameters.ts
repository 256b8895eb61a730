import type { Fields } from './wire.ts';

/** Deeper than any parameter of any cloud. */
const depthMax = 8;

interface Branch {
  readonly below: Map<string, Branch>;
  value?: unknown;
}

/**
 * Puts parameters with names such as `Disks.1.Size` together again: numbered ones become lists, in the order of their
 * numbers whatever the first one is. Where a name is both a value and the start of others the value stands alone.
 */
export function nestParameters(parameters: Iterable<readonly [string, unknown]>): Fields {
  const root: Branch = { below: new Map() };
  for (const [name, value] of parameters) {
    let branch = root;
    for (const part of name.split('.', depthMax)) {
      let next = branch.below.get(part);
      if (next === undefined) {
        next = { below: new Map() };
        branch.below.set(part, next);
      }
      branch = next;
    }
    branch.value = value;
  }
  return objectOf(root);
}

// Object.fromEntries defines own properties, so that no name reaches a prototype.
const objectOf = (branch: Branch): Fields =>
  Object.fromEntries([...branch.below].map(([name, next]): [string, unknown] => [name, partOf(next)]));

function partOf(branch: Branch): unknown {
  if (branch.value !== undefined) {
    return branch.value;
  }
  const isList = [...branch.below.keys()].every((name) => /^\d+$/.test(name));
  return isList ? [...branch.below].sort(([a], [b]) => Number(a) - Number(b)).map(([, next]) => partOf(next)) : objectOf(branch);
}
