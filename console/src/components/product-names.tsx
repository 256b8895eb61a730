import type { Image } from '../api/client.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/texts.ts';

export function ProductNames({ products }: { products: Image['products'] }) {
  const { productNames } = useTexts(commonTexts);
  return products.map((product) => productNames[product]).join(', ');
}
