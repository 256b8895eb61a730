import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useNavigate } from 'react-router';
import { urlParamsOf } from '../access-checker/access-check.ts';
import type { Instance } from '../api/client.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { isImageUsable } from './image-status.tsx';
import { instancesTexts } from './texts.ts';

const dialogs = ['reinstall', 'reinitialize', 'createImage', 'terminate'] as const;
const items = ['reinstall', 'reinitialize', 'check', 'createImage', 'terminate'] as const;
export type InstanceDialog = (typeof dialogs)[number];

interface InstanceActionsProps {
  readonly instance: Instance | undefined;
  readonly onOpen: (dialog: InstanceDialog) => void;
  readonly onLaunch: () => void;
  readonly onRefresh: () => void;
}

export function InstanceActions({ instance, onOpen, onLaunch, onRefresh }: InstanceActionsProps) {
  const common = useTexts(commonTexts);
  const texts = useTexts(instancesTexts);
  const navigate = useNavigate();
  const { region, project } = useWorkspace();
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button iconName="refresh" ariaLabel={common.refresh} onClick={onRefresh} />
      <ButtonDropdown
        disabled={instance === undefined}
        disabledReason={common.selectFirst}
        items={items.map((id) => ({
          id,
          text: texts[id],
          ...(id in texts.explained && { secondaryText: texts.explained[id] }),
          ...(id === 'reinitialize' &&
            instance !== undefined &&
            !isImageUsable(instance) && {
              disabled: true,
              disabledReason: texts.imageHints[instance.imageStatus],
            }),
        }))}
        onItemClick={({ detail }) => {
          const dialog = dialogs.find((one) => one === detail.id);
          if (dialog !== undefined) {
            onOpen(dialog);
          } else if (instance !== undefined) {
            const { imageId: image, instanceId } = instance;
            const check = { image, use: 'reinitialize', product: undefined, principal: '', instance: instanceId } as const;
            void navigate(`/access-checker?${new URLSearchParams(urlParamsOf(check, { region: region.region, project }))}`);
          }
        }}
      >
        {texts.actions}
      </ButtonDropdown>
      <Button variant="primary" onClick={onLaunch}>
        {texts.launch}
      </Button>
    </SpaceBetween>
  );
}
