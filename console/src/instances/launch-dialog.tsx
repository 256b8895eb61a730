import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import { answerOf, type Image, type Instance } from '../api/client.ts';
import { useNotices } from '../frame/notices.tsx';
import { usePlace } from '../frame/place.tsx';
import { FormDialog } from '../parts/form-dialog.tsx';
import { useChange } from '../parts/use-change.ts';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/texts.ts';
import { ImageChoice } from './image-choice.tsx';
import { instancesTexts } from './texts.ts';

type Product = Instance['product'];

const products: readonly Product[] = ['standard', 'lightweight'];

interface Launch {
  /** The image that is chosen at the beginning. */
  readonly image?: Image;
  readonly onClose: (isLaunched: boolean) => void;
}

/** Makes a server from an own, shared or public image. */
export function LaunchDialog({ image: first, onClose }: Launch) {
  const common = useTexts(commonTexts);
  const texts = useTexts(instancesTexts);
  const { api } = useSession();
  const {
    region: { region },
    query,
  } = usePlace();
  const { tell } = useNotices();
  const change = useChange();
  const [imageId, setImageId] = useState(first?.imageId ?? '');
  const [image, setImage] = useState(first);
  const [product, setProduct] = useState<Product>();
  const [isTried, setTried] = useState(false);
  const id = imageId.trim();

  const options = [
    { value: '', label: image === undefined ? texts.ownProduct : texts.ownProductOf(common.productNames[image.product]) },
    ...(image?.products ?? products).map((one) => ({ value: one, label: common.productNames[one] })),
  ];
  const chosen = options.find(({ value }) => value === product) ?? options[0] ?? null;

  const launch = async () => {
    setTried(true);
    if (id === '') {
      return;
    }
    const body = { imageId: id, ...(product !== undefined && chosen?.value === product && { product }) };
    await change.make(body, async (header) => {
      const params = { path: { region }, query, header };
      const { instanceId } = await answerOf(api.POST('/v1/regions/{region}/instances', { params, body }));
      tell({ type: 'success', text: texts.launched(instanceId, id) });
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
      <ImageChoice value={imageId} onChange={setImageId} image={image} onFound={setImage} isTried={isTried} />
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
