import type { operations } from '../api/schema.d.ts';
import { products } from '../components/product-options.ts';

type Query = NonNullable<operations['CheckImageAccess']['parameters']['query']>;
export type Use = NonNullable<Query['use']>;
type Product = NonNullable<Query['product']>;
export type Decision = operations['CheckImageAccess']['responses'][200]['content']['application/json'];

/** An empty `image` means that nothing is checked yet. An empty `principal` means the caller. `instance` is one to reinitialize. */
export interface AccessCheck {
  readonly image: string;
  readonly use: Use;
  readonly product: Product | undefined;
  readonly principal: string;
  readonly instance?: string | undefined;
}

/** The workspace that a URL names. */
export interface WorkspaceRef {
  readonly region: string;
  readonly project?: string | undefined;
}

export const uses: readonly Use[] = ['launch', 'reinstall', 'reinitialize', 'copy', 'save', 'share', 'delete'];

/** Whether the use creates or rebuilds an instance, which belongs to a product. */
export const hasProduct = (use: Use): boolean => use === 'launch' || use === 'reinstall' || use === 'reinitialize';

/** Reads the check from the URL and ignores invalid values. `holder` is the former name of `principal`. */
export function checkOfUrl(address: URLSearchParams): AccessCheck {
  const use = uses.find((one) => one === address.get('use')) ?? 'launch';
  return {
    image: address.get('image')?.trim() ?? '',
    use,
    product: hasProduct(use) ? products.find((one) => one === address.get('product')) : undefined,
    principal: (address.get('principal') ?? address.get('holder'))?.trim() ?? '',
    instance: use === 'reinitialize' ? (address.get('instance') ?? undefined) : undefined,
  };
}

export const urlParamsOf = (
  { image, use, product, principal, instance }: AccessCheck,
  { region, project }: WorkspaceRef,
): Record<string, string> => ({
  region,
  ...(project !== undefined && { project }),
  image: image.trim(),
  use,
  ...(product !== undefined && hasProduct(use) && { product }),
  ...(principal.trim() !== '' && { principal: principal.trim() }),
  ...(instance !== undefined && { instance }),
});
