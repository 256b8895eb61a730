import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
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
import { LabelsField, labelsAreRight, labelsOf, typedLabels } from './labels-field.tsx';

const formOf = ({ name, description, labels }: Image) => ({ name, description, labels: typedLabels(labels) });

type Form = ReturnType<typeof formOf>;

/** What was typed, and `after` where nothing was typed. */
const rebased = (typed: Form, before: Form, after: Form): Form => {
  const kept = <Field extends keyof Form>(field: Field) =>
    JSON.stringify(typed[field]) === JSON.stringify(before[field]) ? after[field] : typed[field];
  return { name: kept('name'), description: kept('description'), labels: kept('labels') };
};

interface EditImageDialogProps {
  readonly image: Image;
  readonly onClose: (changed: boolean) => void;
}

/** Changes name, description and labels, on the revision that was seen. */
export function EditImageDialog({ image, onClose }: EditImageDialogProps) {
  const texts = useTexts(dialogTexts);
  const { api } = useSession();
  const { query } = usePlace();
  const { tell } = useNotices();
  const change = useChange();
  const [seen, setSeen] = useState(image);
  const [form, setForm] = useState(() => formOf(image));
  const [isTried, setTried] = useState(false);
  const { region, imageId } = image;
  const path = { region, imageId };

  const save = async () => {
    setTried(true);
    if (!isName(form.name) || !labelsAreRight(form.labels)) {
      return;
    }
    const body = { name: form.name, description: form.description, labels: labelsOf(form.labels) };
    await change.make([body, seen.revision], async (key) => {
      const params = { path, query, header: { ...key, 'If-Match': `"${seen.revision}"` } };
      const after = await answerOf(api.PATCH('/v1/regions/{region}/images/{imageId}', { params, body }));
      tell({ type: 'success', text: texts.edited(after.name) });
      onClose(true);
    });
  };
  const reload = () =>
    change.make('reload', async () => {
      const present = await answerOf(api.GET('/v1/regions/{region}/images/{imageId}', { params: { path, query } }));
      setForm(rebased(form, formOf(seen), formOf(present)));
      setSeen(present);
    });
  const type = (part: Partial<Form>) => setForm((before) => ({ ...before, ...part }));

  return (
    <FormDialog
      header={texts.editTitle(seen.name)}
      submitText={texts.save}
      change={change}
      remedy={
        change.problem?.document?.code === 'PreconditionFailed' && (
          <>
            <Box>{texts.changedMeanwhileText}</Box>
            <Button formAction="none" onClick={() => void reload()}>
              {texts.load}
            </Button>
          </>
        )
      }
      onSubmit={() => void save()}
      onClose={() => onClose(seen !== image)}
    >
      <NameField value={form.name} isTried={isTried} onChange={(name) => type({ name })} />
      <DescriptionField value={form.description} onChange={(description) => type({ description })} />
      <LabelsField labels={form.labels} tellsFaults={isTried} onChange={(labels) => type({ labels })} />
      {seen !== image && change.problem === undefined && <Alert type="info">{texts.loaded}</Alert>}
    </FormDialog>
  );
}
