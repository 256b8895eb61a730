import type { operations } from '../api/schema.d.ts';

type Asked = NonNullable<operations['CheckImageAccess']['parameters']['query']>;
export type Use = NonNullable<Asked['use']>;
export type Product = NonNullable<Asked['product']>;
export type Decision = operations['CheckImageAccess']['responses'][200]['content']['application/json'];

/** Whether a holder may use an image. An empty `image` asks nothing; an empty `holder` asks for oneself. */
export interface Question {
  readonly image: string;
  readonly use: Use;
  readonly product: Product | undefined;
  readonly holder: string;
}

/** Where a question is asked; the place that is chosen where the address does not say. */
export interface Where {
  readonly region: string;
  readonly project?: string | undefined;
}

export const uses: readonly Use[] = ['launch', 'reinstall', 'reinitialise', 'copy', 'save', 'share', 'delete'];
export const products: readonly Product[] = ['standard', 'lightweight'];

/** Whether a use makes a server, which is of one product or the other. */
export const hasProduct = (use: Use): boolean => use === 'launch' || use === 'reinstall' || use === 'reinitialise';

/** The question that the page's address states. What it states wrongly it does not state. */
export function questionIn(address: URLSearchParams): Question {
  const use = uses.find((one) => one === address.get('use')) ?? 'launch';
  return {
    image: address.get('image')?.trim() ?? '',
    use,
    product: hasProduct(use) ? products.find((one) => one === address.get('product')) : undefined,
    holder: address.get('holder')?.trim() ?? '',
  };
}

/** Where the page's address asks, or undefined where it does not say. */
export function whereIn(address: URLSearchParams): Where | undefined {
  const region = address.get('region');
  return region === null ? undefined : { region, project: address.get('project') ?? undefined };
}

/** The address that states a question and where it is asked. */
export const addressOf = ({ image, use, product, holder }: Question, { region, project }: Where): Record<string, string> => ({
  region,
  ...(project !== undefined && { project }),
  image: image.trim(),
  use,
  ...(product !== undefined && hasProduct(use) && { product }),
  ...(holder.trim() !== '' && { holder: holder.trim() }),
});
