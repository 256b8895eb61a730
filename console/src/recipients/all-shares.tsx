import { useBreadcrumb } from '../frame/breadcrumbs.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { SharesTable } from './shares-table.tsx';
import { recipientsTexts } from './texts.ts';

/** The shares of all images of the caller. */
export default function AllShares() {
  const texts = useTexts(recipientsTexts);
  useBreadcrumb({ below: '/recipients', name: texts.allShares });
  return <SharesTable recipient={undefined} />;
}
