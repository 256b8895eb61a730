import AttributeEditor, { type AttributeEditorProps } from '@cloudscape-design/components/attribute-editor';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useRef } from 'react';
import { isWithin } from '../components/name-limits.ts';
import { useTexts } from '../texts/use-texts.ts';
import { dialogTexts } from './dialog-texts.ts';

export interface TagInput {
  readonly key: string;
  readonly value: string;
}

const tagsMax = 16;
const keyBytesMax = 32;
const valueBytesMax = 64;

export const tagInputsOf = (tags: Readonly<Record<string, string>>): readonly TagInput[] =>
  Object.entries(tags).map(([key, value]) => ({ key, value }));

export const tagsOf = (typed: readonly TagInput[]): Record<string, string> =>
  Object.fromEntries(typed.map(({ key, value }) => [key, value]));

/** The key of the error text. */
const keyErrorOf = ({ key }: TagInput, all: readonly TagInput[]) => {
  if (key === '') {
    return 'keyMissing';
  }
  if (!/^[^\s:][^:]*$/.test(key)) {
    return 'keyInvalid';
  }
  if (!isWithin(key, keyBytesMax)) {
    return 'keyTooLong';
  }
  return all.filter((one) => one.key === key).length > 1 ? 'keyDuplicate' : undefined;
};

export const areTagsValid = (typed: readonly TagInput[]): boolean =>
  typed.every((tag) => keyErrorOf(tag, typed) === undefined && isWithin(tag.value, valueBytesMax));

interface TagsFieldProps {
  readonly tags: readonly TagInput[];
  readonly onChange: (tags: readonly TagInput[]) => void;
  /** Whether to show validation errors. */
  readonly showsErrors: boolean;
}

export function TagsField({ tags, onChange, showsErrors }: TagsFieldProps) {
  const texts = useTexts(dialogTexts);
  const editor = useRef<AttributeEditorProps.Ref>(null);
  const remove = (index: number) => {
    // Removing the last row also removes the focused button; other rows move up into its place.
    if (index === tags.length - 1) {
      if (index > 0) {
        editor.current?.focusRemoveButton(index - 1);
      } else {
        editor.current?.focusAddButton();
      }
    }
    onChange(tags.filter((_, at) => at !== index));
  };
  const change = (index: number, part: Partial<TagInput>) =>
    onChange(tags.map((tag, at) => (at === index ? { ...tag, ...part } : tag)));
  return (
    <FormField label={texts.tags} description={texts.tagsText(tagsMax)} stretch>
      <AttributeEditor<TagInput>
        ref={editor}
        items={tags}
        addButtonText={texts.addTag}
        gridLayout={[{ rows: [[1, 1]], removeButton: { width: 'auto' } }]}
        removeButtonText={texts.remove}
        removeButtonAriaLabel={({ key }) => texts.removeTag(key)}
        disableAddButton={tags.length >= tagsMax}
        onAddButtonClick={() => onChange([...tags, { key: '', value: '' }])}
        onRemoveButtonClick={({ detail }) => remove(detail.itemIndex)}
        definition={[
          {
            label: texts.key,
            control: ({ key }, index) => (
              <Input value={key} ariaLabel={texts.key} onChange={({ detail }) => change(index, { key: detail.value })} />
            ),
            errorText: (tag) => {
              const error = showsErrors ? keyErrorOf(tag, tags) : undefined;
              return error && texts[error];
            },
          },
          {
            label: texts.value,
            control: ({ value }, index) => (
              <Input value={value} ariaLabel={texts.value} onChange={({ detail }) => change(index, { value: detail.value })} />
            ),
            errorText: ({ value }) => !isWithin(value, valueBytesMax) && texts.valueTooLong,
          },
        ]}
      />
    </FormField>
  );
}
