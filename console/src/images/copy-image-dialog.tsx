import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import { answerOf, type Image } from '../api/client.ts';
import { useNotices } from '../frame/notices.tsx';
import { usePlace } from '../frame/place.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/texts.ts';
import { dialogTexts } from './dialog-texts.ts';
import { FormDialog } from './form-dialog.tsx';
import { NameField } from './text-fields.tsx';
import { useChange } from './use-change.ts';

interface CopyImageDialogProps {
  readonly image: Image;
  readonly onClose: (changed: boolean) => void;
}

/** Copies an image within its region or to another one of the same policy. */
export function CopyImageDialog({ image, onClose }: CopyImageDialogProps) {
  const texts = useTexts(dialogTexts);
  const { api } = useSession();
  const { regions, region: here, account, query } = usePlace();
  const { tell } = useNotices();
  const { isBusy, problem, make } = useChange();
  const [name, setName] = useState(image.name);
  const [destination, setDestination] = useState(image.region);
  const [project, setProject] = useState<string>(image.owner);
  const [wasSent, setWasSent] = useState(false);

  const destinations = regions
    .filter(({ policy }) => policy === here.policy)
    .map(({ region }) => ({ value: region, label: region, ...(region === image.region && { description: texts.sameRegion }) }));
  const projects = account.projects.map((one) => ({ value: one.projectId, label: one.name, description: one.projectId }));

  const copy = async () => {
    setWasSent(true);
    if (name.trim() === '') {
      return;
    }
    const body = { name, destinationRegion: destination, ...(here.holderKind === 'project' && { project }) };
    const made = await make(body, (key) => {
      const params = { path: { region: image.region, imageId: image.imageId }, query, header: { 'Idempotency-Key': key } };
      return answerOf(api.POST('/v1/regions/{region}/images/{imageId}/copies', { params, body }));
    });
    if (made !== undefined) {
      tell({ type: 'success', text: texts.copying(made.name, made.imageId, made.region) });
      onClose(true);
    }
  };

  return (
    <FormDialog
      title={texts.copyTitle(image.name)}
      submit={texts.copy}
      isBusy={isBusy}
      problem={problem}
      onSubmit={() => void copy()}
      onClose={() => onClose(false)}
    >
      <Box>{texts.copyText}</Box>
      <NameField value={name} tellsFaults={wasSent} onChange={setName} />
      <FormField label={texts.destination} description={texts.destinationText} stretch>
        <Select
          options={destinations}
          selectedOption={destinations.find(({ value }) => value === destination) ?? null}
          onChange={({ detail }) => setDestination(detail.selectedOption.value ?? image.region)}
        />
      </FormField>
      {here.holderKind === 'project' && (
        <FormField label={texts.project} stretch>
          <Select
            options={projects}
            selectedOption={projects.find(({ value }) => value === project) ?? { value: project, label: project }}
            onChange={({ detail }) => setProject(detail.selectedOption.value ?? image.owner)}
          />
        </FormField>
      )}
    </FormDialog>
  );
}
