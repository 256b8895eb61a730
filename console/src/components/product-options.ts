import type { components } from '../api/schema.d.ts';
import type { commonTexts } from '../texts/common.ts';

type Product = components['schemas']['Image']['product'];

export const products: readonly Product[] = ['standard', 'lightweight'];

/** Options of a select, each with an explanation. */
export const productOptionsOf = (
  chosen: readonly Product[],
  { productNames, productHints }: Pick<(typeof commonTexts)['en'], 'productNames' | 'productHints'>,
) => chosen.map((value) => ({ value, label: productNames[value], description: productHints[value] }));
