import AttributeEditor, { type AttributeEditorProps } from '@cloudscape-design/components/attribute-editor';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useRef } from 'react';
import { useTexts } from '../texts/texts.ts';
import { dialogTexts } from './dialog-texts.ts';

/** A label while it is typed. */
export interface TypedLabel {
  readonly key: string;
  readonly value: string;
}

const labelsMax = 16;

export const typedLabels = (labels: Readonly<Record<string, string>>): readonly TypedLabel[] =>
  Object.entries(labels).map(([key, value]) => ({ key, value }));

export const labelsOf = (typed: readonly TypedLabel[]): Record<string, string> =>
  Object.fromEntries(typed.map(({ key, value }) => [key, value]));

/** What is wrong with the key of a label, as the name of the text that says it. */
const faultOf = ({ key }: TypedLabel, all: readonly TypedLabel[]) => {
  if (key === '') {
    return 'keyMissing';
  }
  if (!/^[^\s:][^:]*$/.test(key)) {
    return 'keyColon';
  }
  return all.filter((one) => one.key === key).length > 1 ? 'keyTwice' : undefined;
};

export const labelsAreRight = (typed: readonly TypedLabel[]): boolean =>
  typed.every((label) => faultOf(label, typed) === undefined);

interface LabelsFieldProps {
  readonly labels: readonly TypedLabel[];
  readonly onChange: (labels: readonly TypedLabel[]) => void;
  /** Whether faults are told already. */
  readonly tellsFaults: boolean;
}

export function LabelsField({ labels, onChange, tellsFaults }: LabelsFieldProps) {
  const texts = useTexts(dialogTexts);
  const editor = useRef<AttributeEditorProps.Ref>(null);
  const remove = (index: number) => {
    // The row below takes the place of the one that goes; the last row's button goes, and the focus with it.
    if (index === labels.length - 1) {
      if (index > 0) {
        editor.current?.focusRemoveButton(index - 1);
      } else {
        editor.current?.focusAddButton();
      }
    }
    onChange(labels.filter((_, at) => at !== index));
  };
  const change = (index: number, part: Partial<TypedLabel>) =>
    onChange(labels.map((label, at) => (at === index ? { ...label, ...part } : label)));
  return (
    <FormField label={texts.labels} description={texts.labelsText(labelsMax)} stretch>
      <AttributeEditor<TypedLabel>
        ref={editor}
        items={labels}
        addButtonText={texts.addLabel}
        removeButtonText={texts.remove}
        removeButtonAriaLabel={({ key }) => texts.removeLabel(key)}
        disableAddButton={labels.length >= labelsMax}
        onAddButtonClick={() => onChange([...labels, { key: '', value: '' }])}
        onRemoveButtonClick={({ detail }) => remove(detail.itemIndex)}
        definition={[
          {
            label: texts.key,
            control: ({ key }, index) => (
              <Input value={key} ariaLabel={texts.key} onChange={({ detail }) => change(index, { key: detail.value })} />
            ),
            errorText: (label) => {
              const fault = tellsFaults ? faultOf(label, labels) : undefined;
              return fault && texts[fault];
            },
          },
          {
            label: texts.value,
            control: ({ value }, index) => (
              <Input value={value} ariaLabel={texts.value} onChange={({ detail }) => change(index, { value: detail.value })} />
            ),
          },
        ]}
      />
    </FormField>
  );
}
