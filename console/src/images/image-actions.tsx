import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Image, RegionInfo } from '../api/client.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import type { ImageAction } from './image-dialogs.tsx';
import { imagesTexts } from './texts.ts';

interface ImageActionsProps {
  /** On the page of one image, sharing is the main action. */
  readonly isImagePage?: boolean;
  readonly images: readonly Image[];
  readonly isLoading: boolean;
  readonly onRefresh: () => void;
  readonly onAction: (what: ImageAction) => void;
  readonly children?: React.ReactNode;
}

export const isShareable = ({ state }: Image, { pendingMayBeShared }: Pick<RegionInfo, 'pendingMayBeShared'>): boolean =>
  state === 'available' || (state !== 'failed' && state !== 'deprecated' && pendingMayBeShared);

/** Share and delete work on several images; the other actions need exactly one. */
export function ImageActions({ isImagePage = false, images, isLoading, onRefresh, onAction, children }: ImageActionsProps) {
  const common = useTexts(commonTexts);
  const texts = useTexts(imagesTexts);
  const [image, second] = images;
  const isOne = image !== undefined && second === undefined;
  const { region } = useWorkspace();
  const mayShare = images.some((one) => isShareable(one, region));
  const isUsable = isOne && (image.state === 'available' || image.state === 'deprecated');
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button iconName="refresh" ariaLabel={common.refresh} loading={isLoading} onClick={onRefresh} />
      <ButtonDropdown
        disabled={image === undefined}
        disabledReason={common.selectFirst}
        items={[
          {
            id: 'launch',
            text: texts.launch,
            disabled: !isUsable,
            disabledReason: isOne ? texts.launchableOnly : texts.selectOneOnly,
          },
          {
            id: 'stop',
            text: texts.stopSharing,
            disabled: !isOne || (image.shareCount ?? 0) === 0,
            disabledReason: isOne ? texts.sharedOnly : texts.selectOneOnly,
          },
          { id: 'edit', text: texts.edit, disabled: !isOne, disabledReason: texts.selectOneOnly },
          {
            id: 'copy',
            text: texts.copyTo,
            disabled: !isUsable,
            disabledReason: isOne ? texts.usableOnly : texts.selectOneOnly,
          },
          {
            id: 'copyAndShare',
            text: texts.copyAndShare,
            disabled: !isUsable,
            disabledReason: isOne ? texts.usableOnly : texts.selectOneOnly,
          },
          {
            id: 'deprecate',
            text: image?.state === 'deprecated' ? texts.restore : texts.deprecate,
            disabled: !isUsable,
            disabledReason: isOne ? texts.availableOnly : texts.selectOneOnly,
          },
          { id: 'delete', text: texts.delete(images.length) },
        ]}
        onItemClick={({ detail }) => onAction(detail.id as ImageAction)}
      >
        {texts.actions}
      </ButtonDropdown>
      <Button
        variant={isImagePage ? 'primary' : 'normal'}
        disabled={!mayShare}
        disabledReason={image === undefined ? common.selectFirst : texts.shareableOnly}
        onClick={() => onAction('share')}
      >
        {texts.share(images.length)}
      </Button>
      {children}
    </SpaceBetween>
  );
}
