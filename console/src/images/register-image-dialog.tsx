import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import { type Image, type RequestBody, unwrap } from '../api/client.ts';
import { keys } from '../api/queries.ts';
import { useChange } from '../api/use-change.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { isName, isWithin, NameField } from '../components/name-field.tsx';
import { useNotices } from '../frame/notices.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { DescriptionField, isDescription } from './description-field.tsx';
import { dialogTexts } from './dialog-texts.ts';
import { areTagsValid, type TagInput, TagsField, tagsOf } from './tags-field.tsx';

const diskGiBMax = 65_536;
const osBytesMax = 32;
const architectures: readonly Image['architecture'][] = ['x86_64', 'arm64'];

interface Form {
  readonly name: string;
  readonly description: string;
  readonly size: string;
  readonly os: string;
  readonly architecture: Image['architecture'];
  readonly tags: readonly TagInput[];
}

const empty: Form = { name: '', description: '', size: '20', os: '', architecture: 'x86_64', tags: [] };

const sizeOf = (text: string): number | undefined => {
  const size = Number(text.trim());
  return Number.isInteger(size) && size >= 1 && size <= diskGiBMax ? size : undefined;
};

export function RegisterImageDialog({ onClose }: { readonly onClose: () => void }) {
  const texts = useTexts(dialogTexts);
  const { api } = useSession();
  const { region, query } = useWorkspace();
  const { notify } = useNotices();
  const [form, setForm] = useState(empty);
  const [isSubmitted, setSubmitted] = useState(false);
  const update = (part: Partial<Form>) => setForm((before) => ({ ...before, ...part }));
  const { name, description, size, os, architecture, tags } = form;
  const sizeGiB = sizeOf(size);
  const isOs = isWithin(os, osBytesMax);

  const change = useChange({
    send: (header, body: RequestBody<'ImportImage'>) =>
      unwrap(api.POST('/v1/regions/{region}/images', { params: { path: { region: region.region }, query, header }, body })),
    changes: [keys.images, keys.account],
    onSuccess: (made) => {
      notify({ type: 'success', text: texts.registered(made.name, made.imageId) });
      onClose();
    },
  });
  const register = () => {
    setSubmitted(true);
    if (isName(name) && sizeGiB !== undefined && areTagsValid(tags) && isDescription(description) && isOs) {
      change.mutate({ name, description, sizeGiB, os, architecture, tags: tagsOf(tags) });
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
        errorText={isSubmitted && sizeGiB === undefined ? texts.sizeText(diskGiBMax) : undefined}
        stretch
      >
        <Input type="number" inputMode="numeric" value={size} onChange={({ detail }) => update({ size: detail.value })} />
      </FormField>
      <FormField label={texts.os} errorText={!isOs && texts.osTooLong(osBytesMax)} stretch>
        <Input value={os} onChange={({ detail }) => update({ os: detail.value })} />
      </FormField>
      <FormField label={texts.architecture} stretch>
        <Select
          options={architectures.map((value) => ({ value, label: value }))}
          selectedOption={{ value: architecture, label: architecture }}
          onChange={({ detail: { selectedOption } }) =>
            update({ architecture: architectures.find((one) => one === selectedOption.value) ?? architecture })
          }
        />
      </FormField>
      <TagsField tags={tags} showsErrors={isSubmitted} onChange={(after) => update({ tags: after })} />
    </FormDialog>
  );
}
