import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';

const shownMax = 10;

interface RecipientListProps {
  readonly header: string;
  readonly ids: readonly string[];
  /** What there is to add to an id. */
  readonly noteOf?: (id: string) => string | undefined;
  readonly isFolded?: boolean;
}

/** A list of ids under what they have in common; a long one, or one that matters less, is folded. */
export function RecipientList({ header, ids, noteOf, isFolded = ids.length > shownMax }: RecipientListProps) {
  return ids.length === 0 ? null : (
    <ExpandableSection headerText={header} defaultExpanded={!isFolded}>
      <ul>
        {ids.map((id) => {
          const note = noteOf?.(id);
          return (
            <li key={id}>
              {id} {note !== undefined && <Box variant="small">{note}</Box>}
            </li>
          );
        })}
      </ul>
    </ExpandableSection>
  );
}
