/** All actions of API 3.0. */
import { tencentProtocol } from '../../../lib/sdk/tencent/protocol.ts';
import type { Dialect } from '../../../lib/sdk/wire.ts';

export const productVersions = { cvm: '2017-03-12', lighthouse: '2020-03-24', tag: '2018-08-13' } as const;
export type Product = keyof typeof productVersions;

/** An action of each product: the products with the same version have different actions. */
const anAction: readonly (readonly [Product, string])[] = [
  ['cvm', 'DescribeImages'],
  ['cvm', 'DescribeSnapshots'],
  ['lighthouse', 'DescribeBlueprints'],
  ['tag', 'GetResources'],
];

const dialectWith = (product: Product, action: string): Dialect =>
  tencentProtocol.dialectOf({
    method: 'POST',
    path: '/',
    query: '',
    headers: { 'x-tc-action': action, 'x-tc-version': productVersions[product] },
    body: Buffer.alloc(0),
  });

/** Product, name, and definition of each action. */
export const allActions = anAction.flatMap(([product, one]) =>
  Object.entries(dialectWith(product, one).actions).map(([action, definition]) => [product, action, definition] as const),
);
