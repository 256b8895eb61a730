import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Image } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { LaunchDialog } from '../instances/launch-dialog.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { publicImagesTexts } from './texts.ts';

/** What everyone can do with a public image. */
export function PublicImageActions({ image }: { image: Image | undefined }) {
  const common = useTexts(commonTexts);
  const texts = useTexts(publicImagesTexts);
  const client = useQueryClient();
  const [launched, setLaunched] = useState<Image>();
  return (
    <>
      <SpaceBetween direction="horizontal" size="xs">
        <Button
          iconName="refresh"
          ariaLabel={common.refresh}
          onClick={() => void client.invalidateQueries({ queryKey: keys.images })}
        />
        <Button
          variant="primary"
          disabled={image === undefined}
          disabledReason={common.selectFirst}
          onClick={() => setLaunched(image)}
        >
          {texts.launch}
        </Button>
      </SpaceBetween>
      {launched && <LaunchDialog image={launched} onClose={() => setLaunched(undefined)} />}
    </>
  );
}
