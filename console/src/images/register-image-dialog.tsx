import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import { answerOf, type Image } from '../api/client.ts';
import { useNotices } from '../frame/notices.tsx';
import { usePlace } from '../frame/place.tsx';
import { FormDialog } from '../parts/form-dialog.tsx';
import { isName, NameField } from '../parts/name-field.tsx';
import { useChange } from '../parts/use-change.ts';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/texts.ts';
import { DescriptionField } from './description-field.tsx';
import { dialogTexts } from './dialog-texts.ts';
import { LabelsField, labelsAreRight, labelsOf, type TypedLabel } from './labels-field.tsx';

const diskGiBMax = 65_536;
const architectures: readonly Image['architecture'][] = ['x86_64', 'arm64'];

interface Form {
  readonly name: string;
  readonly description: string;
  readonly size: string;
  readonly os: string;
  readonly architecture: Image['architecture'];
  readonly labels: readonly TypedLabel[];
}

const empty: Form = { name: '', description: '', size: '20', os: '', architecture: 'x86_64', labels: [] };

/** The size that was typed, or undefined when it is none. */
const sizeOf = (text: string): number | undefined => {
  const size = Number(text.trim());
  return Number.isInteger(size) && size >= 1 && size <= diskGiBMax ? size : undefined;
};

/** Registers an image, which then belongs to whom the place says. */
export function RegisterImageDialog({ onClose }: { readonly onClose: (changed: boolean) => void }) {
  const texts = useTexts(dialogTexts);
  const { api } = useSession();
  const { region, query } = usePlace();
  const { tell } = useNotices();
  const change = useChange();
  const [form, setForm] = useState(empty);
  const [isTried, setTried] = useState(false);
  const type = (part: Partial<Form>) => setForm((before) => ({ ...before, ...part }));
  const { name, description, size, os, architecture, labels } = form;
  const sizeGiB = sizeOf(size);

  const register = async () => {
    setTried(true);
    if (!isName(name) || sizeGiB === undefined || !labelsAreRight(labels)) {
      return;
    }
    const body = { name, description, sizeGiB, os, architecture, labels: labelsOf(labels) };
    await change.make(body, async (header) => {
      const params = { path: { region: region.region }, query, header };
      const made = await answerOf(api.POST('/v1/regions/{region}/images', { params, body }));
      tell({ type: 'success', text: texts.registered(made.name, made.imageId) });
      onClose(true);
    });
  };

  return (
    <FormDialog
      header={texts.registerTitle}
      submitText={texts.register}
      change={change}
      onSubmit={() => void register()}
      onClose={() => onClose(false)}
    >
      <Box>{texts.registerText}</Box>
      <NameField value={name} isTried={isTried} onChange={(after) => type({ name: after })} />
      <DescriptionField value={description} onChange={(after) => type({ description: after })} />
      <FormField
        label={texts.size}
        constraintText={texts.sizeText(diskGiBMax)}
        errorText={isTried && sizeGiB === undefined ? texts.sizeText(diskGiBMax) : undefined}
        stretch
      >
        <Input type="number" inputMode="numeric" value={size} onChange={({ detail }) => type({ size: detail.value })} />
      </FormField>
      <FormField label={texts.os} constraintText={texts.optional} stretch>
        <Input value={os} onChange={({ detail }) => type({ os: detail.value })} />
      </FormField>
      <FormField label={texts.architecture} stretch>
        <Select
          options={architectures.map((value) => ({ value, label: value }))}
          selectedOption={{ value: architecture, label: architecture }}
          onChange={({ detail: { selectedOption } }) =>
            type({ architecture: architectures.find((one) => one === selectedOption.value) ?? architecture })
          }
        />
      </FormField>
      <LabelsField labels={labels} tellsFaults={isTried} onChange={(after) => type({ labels: after })} />
    </FormDialog>
  );
}
