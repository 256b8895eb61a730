import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
// biome-ignore lint/style/noRestrictedImports: the mutation here only reads.
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { type Image, type RequestBody, unwrap } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { useChange } from '../api/use-change.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { NameField } from '../components/name-field.tsx';
import { isName } from '../components/name-limits.ts';
import { useNotices } from '../frame/notices.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { DescriptionField, isDescription } from './description-field.tsx';
import { dialogTexts } from './dialog-texts.ts';
import { ProductsField } from './products-field.tsx';
import { areTagsValid, TagsField, tagInputsOf, tagsOf } from './tags-field.tsx';

const formOf = ({ name, description, tags, products }: Image) => ({ name, description, tags: tagInputsOf(tags), products });

type Form = ReturnType<typeof formOf>;

/** Keeps the fields that the user edited, and takes the others from `after`. */
const rebased = (typed: Form, before: Form, after: Form): Form => {
  const rebasedField = <Field extends keyof Form>(field: Field) =>
    JSON.stringify(typed[field]) === JSON.stringify(before[field]) ? after[field] : typed[field];
  return {
    name: rebasedField('name'),
    description: rebasedField('description'),
    tags: rebasedField('tags'),
    products: rebasedField('products'),
  };
};

/** Only what the user changed, because clouds have fewer details that can be changed. */
const changesIn = (form: Form, seen: Image): RequestBody<'UpdateImage'> => {
  const before = { ...formOf(seen), tags: seen.tags };
  const after = { ...form, tags: tagsOf(form.tags) };
  return Object.fromEntries(
    Object.entries(after).filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(before[field as keyof Form])),
  );
};

interface EditImageDialogProps {
  readonly image: Image;
  readonly onClose: () => void;
}

/** Sends If-Match with the revision that the user saw. */
export function EditImageDialog({ image, onClose }: EditImageDialogProps) {
  const common = useTexts(commonTexts);
  const texts = useTexts(dialogTexts);
  const { api } = useSession();
  const { region: here, query } = useWorkspace();
  const { notify } = useNotices();
  const [seen, setSeen] = useState(image);
  const [form, setForm] = useState(() => formOf(image));
  const [isSubmitted, setSubmitted] = useState(false);
  const { region, imageId } = image;
  const path = { region, imageId };

  const change = useChange({
    send: (key, { revision, ...body }: RequestBody<'UpdateImage'> & Pick<Image, 'revision'>) => {
      const params = { path, query, header: { ...key, 'If-Match': `"${revision}"` } };
      return unwrap(api.PATCH('/v1/regions/{region}/images/{imageId}', { params, body }));
    },
    changes: [keys.images],
    onSuccess: ({ name }) => {
      notify({ type: 'success', text: texts.edited(name) });
      onClose();
    },
  });
  const reload = useMutation({
    mutationFn: () => unwrap(api.GET('/v1/regions/{region}/images/{imageId}', { params: { path, query } })),
    // The page behind the dialog shows the old revision too.
    meta: { changes: [keys.images] },
    onSuccess: (present) => {
      setForm(rebased(form, formOf(seen), formOf(present)));
      setSeen(present);
      change.reset();
    },
  });
  const error = reload.error ?? change.error;
  const save = () => {
    setSubmitted(true);
    if (isName(form.name) && areTagsValid(form.tags) && isDescription(form.description)) {
      reload.reset();
      change.mutate({ ...changesIn(form, seen), revision: seen.revision });
    }
  };
  const update = (part: Partial<Form>) => setForm((before) => ({ ...before, ...part }));

  return (
    <FormDialog
      header={texts.editTitle(seen.name)}
      submitText={common.saveChanges}
      change={{ isPending: change.isPending || reload.isPending, error }}
      remedy={
        error?.document?.code === 'PreconditionFailed' && (
          <>
            <Box>{texts.changedText}</Box>
            <Button formAction="none" onClick={() => reload.mutate()}>
              {texts.reload}
            </Button>
          </>
        )
      }
      onSubmit={save}
      onClose={onClose}
    >
      <NameField value={form.name} isSubmitted={isSubmitted} onChange={(name) => update({ name })} />
      <DescriptionField value={form.description} onChange={(description) => update({ description })} />
      {here.lightweightMayBeShared && (
        <ProductsField own={seen.product} chosen={form.products} onChange={(products) => update({ products })} />
      )}
      <TagsField tags={form.tags} showsErrors={isSubmitted} onChange={(tags) => update({ tags })} />
      {seen !== image && error === null && <Alert type="info">{texts.reloaded}</Alert>}
    </FormDialog>
  );
}
