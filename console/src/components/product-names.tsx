import type { Image } from '../api/client.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';

export function ProductNames({ products }: { products: Image['products'] }) {
  const { productNames, listSeparator } = useTexts(commonTexts);
  return products.map((product) => productNames[product]).join(listSeparator);
}
