import type { operations } from '../api/schema.d.ts';

type Query = NonNullable<operations['CheckImageAccess']['parameters']['query']>;
export type Use = NonNullable<Query['use']>;
export type Product = NonNullable<Query['product']>;
export type Decision = operations['CheckImageAccess']['responses'][200]['content']['application/json'];

/** Whether a holder may use an image. An empty `image` asks nothing; an empty `holder` asks for oneself. */
export interface AccessCheck {
  readonly image: string;
  readonly use: Use;
  readonly product: Product | undefined;
  readonly principal: string;
}

/** Where a question is asked; the place that is chosen where the address does not say. */
export interface WorkspaceRef {
  readonly region: string;
  readonly project?: string | undefined;
}

export const uses: readonly Use[] = ['launch', 'reinstall', 'reinitialise', 'copy', 'save', 'share', 'delete'];
export const products: readonly Product[] = ['standard', 'lightweight'];

/** Whether a use makes a server, which is of one product or the other. */
export const hasProduct = (use: Use): boolean => use === 'launch' || use === 'reinstall' || use === 'reinitialise';

/** The question that the page's address states. What it states wrongly it does not state. */
export function checkOfUrl(address: URLSearchParams): AccessCheck {
  const use = uses.find((one) => one === address.get('use')) ?? 'launch';
  return {
    image: address.get('image')?.trim() ?? '',
    use,
    product: hasProduct(use) ? products.find((one) => one === address.get('product')) : undefined,
    principal: (address.get('principal') ?? address.get('holder'))?.trim() ?? '',
  };
}

/** Where the page's address asks, or undefined where it does not say. */
export function workspaceOfUrl(address: URLSearchParams): WorkspaceRef | undefined {
  const region = address.get('region');
  return region === null ? undefined : { region, project: address.get('project') ?? undefined };
}

/** The address that states a question and where it is asked. */
export const urlParamsOf = (
  { image, use, product, principal }: AccessCheck,
  { region, project }: WorkspaceRef,
): Record<string, string> => ({
  region,
  ...(project !== undefined && { project }),
  image: image.trim(),
  use,
  ...(product !== undefined && hasProduct(use) && { product }),
  ...(principal.trim() !== '' && { principal: principal.trim() }),
});
