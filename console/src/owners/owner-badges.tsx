import Badge from '@cloudscape-design/components/badge';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { ownersTexts } from './texts.ts';
import { useOwners } from './use-owners.ts';

/** Whether an image owner is trusted or blocked. */
export function OwnerBadges({ owner }: { owner: string }) {
  const texts = useRegionTexts(ownersTexts);
  const { isTrusted, isBlocked } = useOwners();
  return (
    <>
      {isTrusted(owner) === true && <Badge color="green">{texts.trusted}</Badge>}{' '}
      {isBlocked(owner) === true && <Badge color="red">{texts.blocked}</Badge>}
    </>
  );
}
