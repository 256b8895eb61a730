import CollectionPreferences from '@cloudscape-design/components/collection-preferences';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import type { ColumnChoice } from './column-choice.ts';

interface ColumnPreferencesProps {
  readonly columns: readonly { readonly id: string; readonly header: React.ReactNode; readonly isRowHeader?: boolean }[];
  readonly choice: ColumnChoice;
  readonly onChoose: (changed: Partial<ColumnChoice>) => void;
}

export function ColumnPreferences({ columns, choice, onChoose }: ColumnPreferencesProps) {
  const texts = useTexts(commonTexts);
  return (
    <CollectionPreferences
      title={texts.preferences}
      confirmLabel={texts.confirm}
      cancelLabel={texts.cancel}
      closeAriaLabel={texts.close}
      preferences={choice}
      wrapLinesPreference={{ label: texts.wrapLines, description: texts.wrapLinesText }}
      contentDisplayPreference={{
        title: texts.columnPreferences,
        options: columns.map(({ id, header, isRowHeader = false }) => ({
          id,
          label: String(header),
          alwaysVisible: isRowHeader,
        })),
      }}
      onConfirm={({ detail: { contentDisplay = choice.contentDisplay, wrapLines = choice.wrapLines } }) =>
        onChoose({ contentDisplay: contentDisplay as ColumnChoice['contentDisplay'], wrapLines })
      }
    />
  );
}
