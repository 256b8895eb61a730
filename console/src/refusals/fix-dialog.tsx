import { useQuery } from '@tanstack/react-query';
import { imageQuery } from '../api/image-queries.ts';
import { Dialog } from '../components/dialog.tsx';
import { LoadError } from '../components/load-error.tsx';
import { Loading } from '../components/loading.tsx';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { SaveDialog } from '../shared-images/save-dialog.tsx';
import { ShareDialog } from '../sharing/share-dialog.tsx';
import { StopSharingDialog } from '../sharing/stop-sharing-dialog.tsx';
import type { OpenFix } from './fix-context.ts';
import { refusalTexts } from './texts.ts';

export default function FixDialog({ open: { dialog, image: ref }, onClose }: { open: OpenFix; onClose: () => void }) {
  const texts = useRegionTexts(refusalTexts);
  const { api } = useSession();
  const { query } = useWorkspace();
  const loaded = useQuery(imageQuery(api, ref, query));
  const { data: image } = loaded;
  if (image === undefined) {
    return (
      <Dialog header={texts.buttons[dialog]} onClose={onClose}>
        {loaded.error === null ? <Loading /> : <LoadError query={loaded} />}
      </Dialog>
    );
  }
  switch (dialog) {
    case 'stop-sharing':
      return <StopSharingDialog image={image} recipients={[]} onClose={onClose} />;
    case 'share':
      return <ShareDialog images={[image]} onClose={onClose} />;
    case 'save':
      return <SaveDialog image={image} onClose={onClose} />;
  }
}
