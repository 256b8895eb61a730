import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import type { Image } from '../api/client.ts';
import { productOptionsOf, products } from '../components/product-options.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { dialogTexts } from './dialog-texts.ts';
import { imagesTexts } from './texts.ts';

interface ProductsFieldProps {
  /** The image's own product, which can't be removed. */
  readonly own: Image['product'];
  readonly chosen: Image['products'];
  readonly onChange: (chosen: Image['products']) => void;
}

export function ProductsField({ own, chosen, onChange }: ProductsFieldProps) {
  const common = useTexts(commonTexts);
  const names = useTexts(imagesTexts);
  const texts = useTexts(dialogTexts);
  return (
    <FormField label={names.products} description={texts.productsHint} stretch>
      {productOptionsOf(products, common).map(({ value, label, description }) => (
        <Checkbox
          key={value}
          checked={chosen.includes(value)}
          disabled={value === own}
          description={value === own ? texts.ownProduct : description}
          onChange={({ detail }) => onChange(products.filter((one) => (one === value ? detail.checked : chosen.includes(one))))}
        >
          {label}
        </Checkbox>
      ))}
    </FormField>
  );
}
