import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import List from '@cloudscape-design/components/list';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useNameOf } from '../address-book/use-address-book.ts';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { type IdIssue, idLengthMax } from './recipient-ids.ts';
import { sharingTexts } from './texts.ts';

interface FieldErrorsProps {
  readonly issues: ReadonlyMap<string, IdIssue>;
  /** How many images are shared at once. */
  readonly images: number;
  readonly onRemove?: (id: string) => void;
}

/** Rendering thousands of rows takes seconds. */
export const shownMax = 100;

const accountIdForm = /^\d+$/;

/** Lists IDs with errors first, then IDs with notes. */
export function FieldErrors({ issues, images, onRemove }: FieldErrorsProps) {
  const texts = useRegionTexts(sharingTexts);
  const { region } = useWorkspace();
  const nameOf = useNameOf();
  const textOf = (id: string, { what, images: sharedImages = 0 }: IdIssue): string =>
    ({
      length: texts.length(idLengthMax),
      characters: texts.characters,
      owner: texts.owner,
      unknown: region.principalKind === 'project' && accountIdForm.test(id) ? texts.accountId : texts.unknown,
      declines: texts.declines,
      shared: images === 1 ? texts.alreadyShared : texts.alreadySharedSome(sharedImages, images),
      duplicate: texts.duplicate,
    })[what];
  const items = [...issues].sort(([, a], [, b]) => Number(b.isError) - Number(a.isError));
  return items.length === 0 ? null : (
    <>
      <List
        ariaLabel={texts.idsToFix}
        items={items.slice(0, shownMax)}
        renderItem={([id, issue]) => ({
          id,
          content: nameOf(id),
          secondaryContent: <StatusIndicator type={issue.isError ? 'error' : 'info'}>{textOf(id, issue)}</StatusIndicator>,
          actions: onRemove && (
            <Button variant="icon" iconName="close" ariaLabel={texts.removeId(id)} onClick={() => onRemove(id)} />
          ),
        })}
      />
      {items.length > shownMax && <Box color="text-body-secondary">{texts.more(items.length - shownMax)}</Box>}
    </>
  );
}
