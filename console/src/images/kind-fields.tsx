import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Image, RegionInfo } from '../api/client.ts';
import { productOptionsOf, products } from '../components/product-options.ts';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { detailsTexts } from './details-texts.ts';
import { dialogTexts } from './dialog-texts.ts';

const architectures: readonly Image['architecture'][] = ['x86_64', 'arm64'];
const encryptions: readonly Image['encryption'][] = ['none', 'service', 'customer'];

type Kind = Pick<Image, 'architecture' | 'product' | 'encryption'>;

interface KindFieldsProps extends Kind {
  readonly region: RegionInfo;
  readonly onChange: (part: Partial<Kind>) => void;
}

/** The fields of an image that never change. Warns if an image of this kind can't be shared in the region. */
export function KindFields({ architecture, product, encryption, region, onChange }: KindFieldsProps) {
  const common = useTexts(commonTexts);
  const texts = useTexts(dialogTexts);
  const details = useRegionTexts(detailsTexts);
  const productOptions = productOptionsOf(products, common);
  const encryptionOptions = encryptions.map((value) => ({ value, label: details.encryptions[value] }));
  const isShareable = product === 'standard' || region.lightweightMayBeShared;
  return (
    <SpaceBetween size="m">
      <FormField label={texts.architecture} stretch>
        <Select
          options={architectures.map((value) => ({ value, label: value }))}
          selectedOption={{ value: architecture, label: architecture }}
          onChange={({ detail: { selectedOption } }) =>
            onChange({ architecture: architectures.find((one) => one === selectedOption.value) ?? architecture })
          }
        />
      </FormField>
      <FormField label={details.product} warningText={!isShareable && texts.productNotShared} stretch>
        <Select
          options={productOptions}
          selectedOption={productOptions.find(({ value }) => value === product) ?? null}
          onChange={({ detail: { selectedOption } }) =>
            onChange({ product: products.find((one) => one === selectedOption.value) ?? product })
          }
        />
      </FormField>
      <FormField
        label={details.encryption}
        warningText={!region.encryptionsThatMayBeShared.includes(encryption) && texts.encryptionNotShared}
        stretch
      >
        <Select
          options={encryptionOptions}
          selectedOption={encryptionOptions.find(({ value }) => value === encryption) ?? null}
          onChange={({ detail: { selectedOption } }) =>
            onChange({ encryption: encryptions.find((one) => one === selectedOption.value) ?? encryption })
          }
        />
      </FormField>
    </SpaceBetween>
  );
}
