import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Image } from '../api/client.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import type { ImageAction } from './image-dialogs.tsx';
import { imagesTexts } from './texts.ts';

interface ImageActionsProps {
  readonly images: readonly Image[];
  readonly isLoading: boolean;
  readonly onRefresh: () => void;
  readonly onAction: (what: ImageAction) => void;
  readonly children?: React.ReactNode;
}

/** Share and delete work on several images; the other actions need exactly one. */
export function ImageActions({ images, isLoading, onRefresh, onAction, children }: ImageActionsProps) {
  const common = useTexts(commonTexts);
  const texts = useTexts(imagesTexts);
  const [image, second] = images;
  const isOne = image !== undefined && second === undefined;
  const mayCopy = isOne && (image.state === 'available' || image.state === 'deprecated');
  const mayDeprecate = mayCopy;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button iconName="refresh" ariaLabel={common.refresh} loading={isLoading} onClick={onRefresh} />
      <ButtonDropdown
        disabled={image === undefined}
        disabledReason={common.selectFirst}
        items={[
          { id: 'edit', text: texts.edit, disabled: !isOne, disabledReason: texts.selectOneOnly },
          {
            id: 'copy',
            text: texts.copyTo,
            disabled: !mayCopy,
            disabledReason: isOne ? texts.usableOnly : texts.selectOneOnly,
          },
          {
            id: 'deprecate',
            text: image?.state === 'deprecated' ? texts.restore : texts.deprecate,
            disabled: !mayDeprecate,
            disabledReason: isOne ? texts.availableOnly : texts.selectOneOnly,
          },
          { id: 'delete', text: texts.delete(images.length) },
        ]}
        onItemClick={({ detail }) => onAction(detail.id as ImageAction)}
      >
        {texts.actions}
      </ButtonDropdown>
      <Button disabled={image === undefined} disabledReason={common.selectFirst} onClick={() => onAction('share')}>
        {texts.share(images.length)}
      </Button>
      {children}
    </SpaceBetween>
  );
}
