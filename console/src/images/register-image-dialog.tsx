import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import { useState } from 'react';
import { type RequestBody, unwrap } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { useChange } from '../api/use-change.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { isInProgress } from '../components/image-state.tsx';
import { NameField } from '../components/name-field.tsx';
import { isWithin } from '../components/name-limits.ts';
import { useNotices } from '../frame/notices.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { DescriptionField } from './description-field.tsx';
import { dialogTexts } from './dialog-texts.ts';
import { KindFields } from './kind-fields.tsx';
import {
  dataDisksMax,
  dataDisksOf,
  diskGiBMax,
  emptyForm,
  importOf,
  importStates,
  osBytesMax,
  type RegisterForm,
  sizeOf,
} from './register-form.ts';
import { TagsField } from './tags-field.tsx';
import { imagesTexts } from './texts.ts';

export function RegisterImageDialog({ onClose }: { readonly onClose: () => void }) {
  const common = useTexts(commonTexts);
  const names = useTexts(imagesTexts);
  const texts = useTexts(dialogTexts);
  const { api } = useSession();
  const { region, query } = useWorkspace();
  const { notify } = useNotices();
  const [form, setForm] = useState(emptyForm);
  const [isSubmitted, setSubmitted] = useState(false);
  const update = (part: Partial<RegisterForm>) => setForm((before) => ({ ...before, ...part }));
  const { name, description, size, dataDisks, os, tags } = form;
  const disks = dataDisksOf(dataDisks);

  const change = useChange({
    send: (header, body: RequestBody<'ImportImage'>) =>
      unwrap(api.POST('/v1/regions/{region}/images', { params: { path: { region: region.region }, query, header }, body })),
    changes: [keys.images, keys.account],
    onSuccess: (made) => {
      notify({
        type: isInProgress(made) ? 'in-progress' : 'success',
        text: texts.registered(made.name, made.imageId),
        image: made,
      });
      onClose();
    },
  });
  const register = () => {
    setSubmitted(true);
    const body = importOf(form);
    if (body !== undefined) {
      change.mutate(body);
    }
  };

  return (
    <FormDialog header={texts.registerTitle} submitText={texts.register} change={change} onSubmit={register} onClose={onClose}>
      <Box>{texts.registerText}</Box>
      <NameField value={name} isSubmitted={isSubmitted} onChange={(after) => update({ name: after })} />
      <DescriptionField value={description} onChange={(after) => update({ description: after })} />
      <FormField
        label={texts.size}
        constraintText={texts.sizeRange(diskGiBMax)}
        errorText={isSubmitted && sizeOf(size) === undefined ? texts.sizeText(diskGiBMax) : undefined}
        stretch
      >
        <Input type="number" inputMode="numeric" value={size} onChange={({ detail }) => update({ size: detail.value })} />
      </FormField>
      <FormField
        label={texts.dataDisks}
        constraintText={texts.dataDisksHint(dataDisksMax)}
        errorText={isSubmitted && disks === undefined ? texts.dataDisksText(dataDisksMax, diskGiBMax) : undefined}
        warningText={disks !== undefined && disks.length > 0 && texts.dataDisksWhenShared[region.dataDisksWhenShared]}
        stretch
      >
        <Input value={dataDisks} onChange={({ detail }) => update({ dataDisks: detail.value })} />
      </FormField>
      <FormField label={texts.os} errorText={!isWithin(os, osBytesMax) && texts.osTooLong(osBytesMax)} stretch>
        <Input value={os} onChange={({ detail }) => update({ os: detail.value })} />
      </FormField>
      <KindFields {...form} region={region} onChange={update} />
      <FormField label={names.state} stretch>
        <RadioGroup
          value={form.state}
          items={importStates.map((value) => ({
            value,
            label: common.imageStates[value],
            description: texts.importStates[value],
          }))}
          onChange={({ detail }) => update({ state: importStates.find((one) => one === detail.value) ?? form.state })}
        />
      </FormField>
      <TagsField tags={tags} showsErrors={isSubmitted} onChange={(after) => update({ tags: after })} />
    </FormDialog>
  );
}
