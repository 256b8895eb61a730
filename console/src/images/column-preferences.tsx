import CollectionPreferences from '@cloudscape-design/components/collection-preferences';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import type { ColumnChoice } from './column-choice.ts';
import { imagesTexts } from './texts.ts';

interface ColumnPreferencesProps {
  readonly columns: readonly { readonly id: string; readonly header?: React.ReactNode }[];
  readonly choice: ColumnChoice;
  readonly onChoose: (choice: ColumnChoice) => void;
}

export function ColumnPreferences({ columns, choice, onChoose }: ColumnPreferencesProps) {
  const common = useTexts(commonTexts);
  const texts = useTexts(imagesTexts);
  return (
    <CollectionPreferences
      title={texts.preferences}
      confirmLabel={common.confirm}
      cancelLabel={common.cancel}
      closeAriaLabel={common.close}
      preferences={choice}
      wrapLinesPreference={{ label: texts.wrapLines, description: texts.wrapLinesText }}
      contentDisplayPreference={{
        title: texts.columnPreferences,
        options: columns.map(({ id, header }) => ({ id, label: String(header), alwaysVisible: id === 'name' })),
      }}
      onConfirm={({ detail: { contentDisplay, wrapLines } }) =>
        onChoose({
          contentDisplay: (contentDisplay ?? choice.contentDisplay) as typeof choice.contentDisplay,
          wrapLines: wrapLines ?? false,
        })
      }
    />
  );
}
