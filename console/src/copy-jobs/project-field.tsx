import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import { useWorkspace } from '../frame/workspace.tsx';
import { dialogTexts } from '../images/dialog-texts.ts';
import { useTexts } from '../texts/use-texts.ts';

/** The project that will own a copy, one of the account's. */
export function ProjectField({ value, onChange }: { readonly value: string; readonly onChange: (project: string) => void }) {
  const texts = useTexts(dialogTexts);
  const { account } = useWorkspace();
  const options = account.projects.map(({ projectId, name }) => ({ value: projectId, label: name, description: projectId }));
  return (
    <FormField label={texts.project} stretch>
      <Select
        options={options}
        selectedOption={options.find((option) => option.value === value) ?? { value, label: value }}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? value)}
      />
    </FormField>
  );
}
