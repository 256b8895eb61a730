import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import { type Image, type RequestBody, unwrap } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { useChange } from '../api/use-change.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { NameField } from '../components/name-field.tsx';
import { isName } from '../components/name-limits.ts';
import { ProjectField } from '../copy-jobs/project-field.tsx';
import { useNotices } from '../frame/notices.tsx';
import { useRegionOptions } from '../frame/use-region-options.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { dialogTexts } from './dialog-texts.ts';

interface CopyImageDialogProps {
  readonly image: Image;
  readonly onClose: () => void;
}

/** Copies an image within its region, or to a region with the same policy. If there are several, the user chooses. */
export function CopyImageDialog({ image, onClose }: CopyImageDialogProps) {
  const texts = useTexts(dialogTexts);
  const { api } = useSession();
  const { region: here, query } = useWorkspace();
  const { notify } = useNotices();
  const [name, setName] = useState(image.name);
  const [project, setProject] = useState<string>(image.owner);
  const [chosen, setChosen] = useState<string>();
  const [isSubmitted, setSubmitted] = useState(false);

  const destinations = useRegionOptions(image.region);
  const [only, ...others] = destinations;
  const destination = chosen ?? (others.length === 0 ? only?.value : undefined);

  const change = useChange({
    send: (header, body: RequestBody<'CopyImage'>) => {
      const params = { path: { region: image.region, imageId: image.imageId }, query, header };
      return unwrap(api.POST('/v1/regions/{region}/images/{imageId}/copies', { params, body }));
    },
    changes: [keys.images, keys.account],
    onSuccess: (made) => {
      notify({ type: 'in-progress', text: texts.copying(image.name, made.region, made.name, made.imageId), image: made });
      onClose();
    },
  });
  const copy = () => {
    setSubmitted(true);
    if (isName(name) && destination !== undefined) {
      change.mutate({ name, destinationRegion: destination, ...(here.principalKind === 'project' && { project }) });
    }
  };

  return (
    <FormDialog header={texts.copyTitle(image.name)} submitText={texts.copy} change={change} onSubmit={copy} onClose={onClose}>
      <Box>{texts.copyText}</Box>
      <NameField value={name} isSubmitted={isSubmitted} onChange={setName} />
      <FormField
        label={texts.destination}
        stretch
        errorText={isSubmitted && destination === undefined && texts.destinationMissing}
      >
        <Select
          options={destinations}
          placeholder={texts.chooseDestination}
          selectedOption={destinations.find(({ value }) => value === destination) ?? null}
          onChange={({ detail }) => setChosen(detail.selectedOption.value)}
        />
      </FormField>
      {here.principalKind === 'project' && <ProjectField value={project} onChange={setProject} />}
    </FormDialog>
  );
}
