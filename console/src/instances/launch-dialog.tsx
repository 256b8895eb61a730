import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import { type Image, type Instance, type RequestBody, unwrap } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { useChange } from '../api/use-change.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { productOptionsOf, products } from '../components/product-options.ts';
import { useNotices } from '../frame/notices.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { ImageField, isImageChosen } from './image-field.tsx';
import { imageTextOf } from './image-text.ts';
import { instancesTexts } from './texts.ts';

interface LaunchDialogProps {
  /** Preselects an image. */
  readonly image?: Image;
  readonly onClose: () => void;
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
  const [imageId, setImageId] = useState(first?.imageId ?? '');
  const [image, setImage] = useState(first);
  const [product, setProduct] = useState<Instance['product']>();
  const [isSubmitted, setSubmitted] = useState(false);
  const id = imageId.trim();

  const options = [
    { value: '', label: image === undefined ? texts.sameProduct : texts.sameProductAs(common.productNames[image.product]) },
    ...productOptionsOf(image?.products ?? products, common),
  ];
  const chosen = options.find(({ value }) => value === product) ?? options[0] ?? null;

  const change = useChange({
    send: (header, body: RequestBody<'RunInstance'>) =>
      unwrap(api.POST('/v1/regions/{region}/instances', { params: { path: { region }, query, header }, body })),
    changes: [keys.instances, keys.images],
    onSuccess: (launched) => {
      notify({
        type: 'success',
        text: texts.launched(launched.instanceId, imageTextOf(launched, common.named)),
        link: { text: common.viewInstance, to: `/instances?search=${launched.instanceId}` },
      });
      onClose();
    },
  });
  const launch = () => {
    setSubmitted(true);
    if (isImageChosen(id, image)) {
      // Named even if it is that of the image, because some clouds' calls launch only standard instances.
      const own = image?.imageId === id ? image.product : undefined;
      const wanted = product !== undefined && chosen?.value === product ? product : own;
      change.mutate({ imageId: id, ...(wanted !== undefined && { product: wanted }) });
    }
  };

  return (
    <FormDialog header={texts.launchTitle} submitText={texts.launch} change={change} onSubmit={launch} onClose={onClose}>
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
