import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { useState } from 'react';
import { answerOf, type Image } from '../api/client.ts';
import { useNotices } from '../frame/notices.tsx';
import { usePlace } from '../frame/place.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/texts.ts';
import { dialogTexts } from './dialog-texts.ts';
import { FormDialog } from './form-dialog.tsx';
import { LabelsField, labelsAreRight, labelsOf, typedLabels } from './labels-field.tsx';
import { DescriptionField, NameField } from './text-fields.tsx';
import { useChange } from './use-change.ts';

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
  const { isBusy, problem, make, forget } = useChange();
  const [seen, setSeen] = useState(image);
  const [form, setForm] = useState(() => formOf(image));
  const [wasSent, setWasSent] = useState(false);
  const { region, imageId } = image;
  const path = { region, imageId };

  const save = async () => {
    setWasSent(true);
    if (form.name.trim() === '' || !labelsAreRight(form.labels)) {
      return;
    }
    const body = { name: form.name, description: form.description, labels: labelsOf(form.labels) };
    const after = await make([body, seen.revision], (key) => {
      const header = { 'Idempotency-Key': key, 'If-Match': `"${seen.revision}"` };
      return answerOf(api.PATCH('/v1/regions/{region}/images/{imageId}', { params: { path, query, header }, body }));
    });
    if (after !== undefined) {
      tell({ type: 'success', text: texts.edited(after.name) });
      onClose(true);
    }
  };
  const reload = async () => {
    const present = await make('reload', () =>
      answerOf(api.GET('/v1/regions/{region}/images/{imageId}', { params: { path, query } })),
    );
    if (present !== undefined) {
      setForm(rebased(form, formOf(seen), formOf(present)));
      setSeen(present);
      forget();
    }
  };
  const change = (part: Partial<Form>) => setForm((before) => ({ ...before, ...part }));

  return (
    <FormDialog
      title={texts.editTitle(seen.name)}
      submit={texts.save}
      isBusy={isBusy}
      problem={problem}
      remedy={
        problem?.document?.code === 'PreconditionFailed' && (
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
      <NameField value={form.name} tellsFaults={wasSent} onChange={(name) => change({ name })} />
      <DescriptionField value={form.description} onChange={(description) => change({ description })} />
      <LabelsField labels={form.labels} tellsFaults={wasSent} onChange={(labels) => change({ labels })} />
      {seen !== image && problem === undefined && <Alert type="info">{texts.loaded}</Alert>}
    </FormDialog>
  );
}
