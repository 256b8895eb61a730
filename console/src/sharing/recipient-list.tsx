import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import { useNameOf } from '../address-book/use-address-book.ts';

const shownMax = 10;

interface RecipientListProps {
  readonly header: string;
  readonly ids: readonly string[];
  readonly noteOf?: (id: string) => string | undefined;
  readonly isFolded?: boolean;
}

/** Long lists are collapsed. */
export function RecipientList({ header, ids, noteOf, isFolded = ids.length > shownMax }: RecipientListProps) {
  const nameOf = useNameOf();
  return ids.length === 0 ? null : (
    <ExpandableSection headerText={header} defaultExpanded={!isFolded}>
      <ul data-compact>
        {ids.map((id) => {
          const note = noteOf?.(id);
          return (
            <li key={id}>
              {nameOf(id)} {note !== undefined && <Box variant="small">{note}</Box>}
            </li>
          );
        })}
      </ul>
    </ExpandableSection>
  );
}
