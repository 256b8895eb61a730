import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import List from '@cloudscape-design/components/list';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useTexts } from '../texts/texts.ts';
import { idLengthMax, type Remark } from './recipient-ids.ts';
import { sharingTexts } from './texts.ts';

interface Shown {
  readonly remarks: ReadonlyMap<string, Remark>;
  /** How many images the ids are to hold. */
  readonly images: number;
  readonly holderKind: 'account' | 'project';
  /** Absent where ids are removed elsewhere. */
  readonly onRemove?: (id: string) => void;
}

/** So many are drawn: a browser takes seconds for thousands. */
export const shownMax = 100;

/** The ids that there is something to say of, each with what it is, those that are wrong first. */
export function Remarks({ remarks, images, holderKind, onRemove }: Shown) {
  const texts = useTexts(sharingTexts);
  const textOf = ({ what, reason, images: held = 0 }: Remark): string =>
    ({
      length: texts.length(idLengthMax),
      characters: texts.characters,
      owner: texts.owner,
      unknown: holderKind === 'account' ? texts.unknownAccount : texts.unknownProject,
      refused: reason ?? '',
      holds: images === 1 ? texts.holds : texts.holdsSome(held, images),
      twice: texts.twice,
    })[what];
  const items = [...remarks].sort(([, a], [, b]) => Number(b.isWrong) - Number(a.isWrong));
  return items.length === 0 ? null : (
    <>
      <List
        ariaLabel={texts.remarks}
        items={items.slice(0, shownMax)}
        renderItem={([id, remark]) => ({
          id,
          content: id,
          secondaryContent: <StatusIndicator type={remark.isWrong ? 'error' : 'info'}>{textOf(remark)}</StatusIndicator>,
          actions: onRemove && (
            <Button variant="icon" iconName="close" ariaLabel={texts.removeId(id)} onClick={() => onRemove(id)} />
          ),
        })}
      />
      {items.length > shownMax && <Box color="text-body-secondary">{texts.more(items.length - shownMax)}</Box>}
    </>
  );
}
