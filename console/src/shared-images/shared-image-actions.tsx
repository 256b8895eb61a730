import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useNavigate } from 'react-router';
import { urlParamsOf } from '../access-checker/access-check.ts';
import { useNameOf } from '../address-book/use-address-book.ts';
import type { Image } from '../api/client.ts';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { ownersTexts } from '../owners/texts.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { sharedImagesTexts } from './texts.ts';

export type SharedImageDialog = 'launch' | 'save' | 'leave' | 'leave-owner' | 'block';

interface SharedImageActionsProps {
  readonly image: Image | undefined;
  /** Undefined until the trusted owners are loaded. */
  readonly isTrusted: boolean | undefined;
  /** The same for the blocked owners. */
  readonly isBlocked: boolean | undefined;
  readonly onOpen: (dialog: SharedImageDialog) => void;
  readonly onTrust: (isTrusted: boolean) => void;
  readonly onUnblock: () => void;
  /** Absent on the page of one image. */
  readonly onTrustedOwners: (() => void) | undefined;
  readonly onRefresh: () => void;
}

export function SharedImageActions({ image, isTrusted, isBlocked, onOpen, ...on }: SharedImageActionsProps) {
  const common = useTexts(commonTexts);
  const texts = useTexts(sharedImagesTexts);
  const owners = useRegionTexts(ownersTexts);
  const nameOf = useNameOf();
  const navigate = useNavigate();
  const { region, project } = useWorkspace();
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button iconName="refresh" ariaLabel={common.refresh} onClick={on.onRefresh} />
      {on.onTrustedOwners && <Button onClick={on.onTrustedOwners}>{owners.trustedOwners}</Button>}
      <ButtonDropdown
        disabled={image === undefined}
        disabledReason={common.selectFirst}
        items={[
          {
            id: 'save',
            text: texts.saveCopy,
            disabled: !region.recipientMaySave,
            disabledReason: texts.cannotSave(region.region),
          },
          {
            id: 'leave',
            text: texts.leave,
            disabled: !region.recipientMayLeave,
            disabledReason: texts.cannotLeave(region.region),
          },
          { id: 'check', text: texts.checkAccess },
          {
            text: image === undefined ? texts.owner : common.labeled(texts.owner, nameOf(image.owner)),
            items: [
              {
                id: 'trust',
                text: isTrusted === true ? owners.untrust : owners.trust,
                disabled: isTrusted === undefined,
                disabledReason: common.loading,
              },
              {
                id: 'block',
                text: isBlocked === true ? owners.unblock : owners.block,
                disabled: isBlocked === undefined,
                disabledReason: common.loading,
              },
              {
                id: 'leave-owner',
                text: owners.leaveOwner,
                disabled: !region.recipientMayLeave,
                disabledReason: texts.cannotLeave(region.region),
              },
            ],
          },
        ]}
        onItemClick={({ detail: { id } }) => {
          if (id === 'save' || id === 'leave' || id === 'leave-owner') {
            onOpen(id);
          } else if (id === 'trust') {
            on.onTrust(isTrusted !== true);
          } else if (id === 'block') {
            (isBlocked === true ? on.onUnblock : () => onOpen('block'))();
          } else if (image !== undefined) {
            const check = { image: image.imageId, use: 'launch', product: undefined, principal: '' } as const;
            void navigate(`/access-checker?${new URLSearchParams(urlParamsOf(check, { region: region.region, project }))}`);
          }
        }}
      >
        {texts.actions}
      </ButtonDropdown>
      <Button
        variant="primary"
        disabled={image === undefined}
        disabledReason={common.selectFirst}
        onClick={() => onOpen('launch')}
      >
        {texts.launch}
      </Button>
    </SpaceBetween>
  );
}
