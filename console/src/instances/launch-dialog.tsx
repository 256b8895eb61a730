import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import { type Image, type Instance, unwrap } from '../api/client.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { useChange } from '../components/use-change.ts';
import { useNotices } from '../frame/notices.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { ImageField } from './image-field.tsx';
import { instancesTexts } from './texts.ts';

type Product = Instance['product'];

const products: readonly Product[] = ['standard', 'lightweight'];

interface LaunchDialogProps {
  /** Preselects an image. */
  readonly image?: Image;
  readonly onClose: (isLaunched: boolean) => void;
}

export function LaunchDialog({ image: first, onClose }: LaunchDialogProps) {
  const common = useTexts(commonTexts);
  const texts = useTexts(instancesTexts);
  const { api } = useSession();
  const {
    region: { region },
    query,
  } = useWorkspace();
  const { notify } = useNotices();
  const change = useChange();
  const [imageId, setImageId] = useState(first?.imageId ?? '');
  const [image, setImage] = useState(first);
  const [product, setProduct] = useState<Product>();
  const [isSubmitted, setSubmitted] = useState(false);
  const id = imageId.trim();

  const options = [
    { value: '', label: image === undefined ? texts.sameProduct : texts.sameProductAs(common.productNames[image.product]) },
    ...(image?.products ?? products).map((one) => ({ value: one, label: common.productNames[one] })),
  ];
  const chosen = options.find(({ value }) => value === product) ?? options[0] ?? null;

  const launch = async () => {
    setSubmitted(true);
    if (id === '') {
      return;
    }
    const body = { imageId: id, ...(product !== undefined && chosen?.value === product && { product }) };
    await change.make(body, async (header) => {
      const params = { path: { region }, query, header };
      const { instanceId } = await unwrap(api.POST('/v1/regions/{region}/instances', { params, body }));
      notify({ type: 'success', text: texts.launched(instanceId, id) });
      onClose(true);
    });
  };

  return (
    <FormDialog
      header={texts.launchTitle}
      submitText={texts.launch}
      change={change}
      onSubmit={() => void launch()}
      onClose={() => onClose(false)}
    >
      <ImageField value={imageId} onChange={setImageId} image={image} onFound={setImage} isSubmitted={isSubmitted} />
      <FormField label={texts.product} description={texts.productHint}>
        <Select
          selectedOption={chosen}
          options={options}
          onChange={({ detail }) => setProduct(products.find((one) => one === detail.selectedOption.value))}
        />
      </FormField>
    </FormDialog>
  );
}
