import type { Fields } from './wire.ts';

/** Deeper than any parameter of any cloud. The rest of a longer name is dropped. */
const depthMax = 8;

interface TreeNode {
  readonly children: Map<string, TreeNode>;
  value?: unknown;
}

/**
 * Nests flat parameters such as `Disks.1.Size`. Numbered names become lists in the order of their numbers, starting at any
 * number. If a name has a value and is also a prefix of other names, the value wins.
 */
export function nestParameters(parameters: Iterable<readonly [string, unknown]>): Fields {
  const root: TreeNode = { children: new Map() };
  for (const [name, value] of parameters) {
    let node = root;
    for (const part of name.split('.', depthMax)) {
      let next = node.children.get(part);
      if (next === undefined) {
        next = { children: new Map() };
        node.children.set(part, next);
      }
      node = next;
    }
    node.value = value;
  }
  return toObject(root);
}

// Object.fromEntries defines own properties, so a name such as __proto__ can't change a prototype.
const toObject = ({ children }: TreeNode): Fields =>
  Object.fromEntries([...children].map(([name, child]): [string, unknown] => [name, toValue(child)]));

function toValue(node: TreeNode): unknown {
  if (node.value !== undefined) {
    return node.value;
  }
  const isList = [...node.children.keys()].every((name) => /^\d+$/.test(name));
  return isList
    ? [...node.children].sort(([a], [b]) => Number(a) - Number(b)).map(([, child]) => toValue(child))
    : toObject(node);
}
