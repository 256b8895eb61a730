import Button from '@cloudscape-design/components/button';
import Flashbar from '@cloudscape-design/components/flashbar';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import type { Image } from '../api/client.ts';
import { imageQuery } from '../api/image-queries.ts';
import { isInProgress } from '../components/image-state.tsx';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { type Notice, useNotices } from './notices.tsx';
import { useHrefTo, useWorkspace } from './workspace.tsx';

const pollMs = 3_000;

export function NoticeBar() {
  const texts = useTexts(commonTexts);
  const { shown, dismiss } = useNotices();
  const hrefTo = useHrefTo();
  const navigate = useNavigate();
  const { regions } = useWorkspace();
  const tenantOf = ({ region, owner }: Image) =>
    regions.find((one) => one.region === region)?.principalKind === 'project' ? { project: owner } : {};
  const linkOf = ({ image, link }: Notice) =>
    image === undefined
      ? link
      : { text: texts.viewImage, to: `/images/${image.region}/${image.imageId}?${new URLSearchParams(tenantOf(image))}` };
  return (
    <>
      <Flashbar
        i18nStrings={{ ariaLabel: texts.notifications }}
        items={shown.map((notice) => {
          const { type, text } = notice;
          const link = linkOf(notice);
          const path = link && hrefTo(link.to);
          return {
            id: type,
            type,
            ariaRole: 'status',
            content: text,
            ...(path !== undefined && {
              action: (
                <Button
                  href={`/console${path}`}
                  onFollow={(event) => {
                    event.preventDefault();
                    void navigate(path);
                  }}
                >
                  {link?.text}
                </Button>
              ),
            }),
            dismissible: true,
            dismissLabel: texts.close,
            onDismiss: () => dismiss(notice),
          };
        })}
      />
      {shown.map(
        (notice) =>
          notice.type === 'in-progress' &&
          notice.image !== undefined && (
            <Progress key={notice.image.imageId} notice={notice} image={notice.image} tenant={tenantOf(notice.image)} />
          ),
      )}
    </>
  );
}

interface ProgressProps {
  readonly notice: Notice;
  readonly image: Image;
  readonly tenant: { readonly project?: string };
}

/** Replaces the message about an image that is being made, once it is made. */
function Progress({ notice, image, tenant }: ProgressProps) {
  const texts = useTexts(commonTexts);
  const { api } = useSession();
  const { notify, dismiss } = useNotices();
  const { data: now, error } = useQuery({
    ...imageQuery(api, image, tenant),
    refetchInterval: ({ state: { data } }) => (data === undefined || isInProgress(data)) && pollMs,
  });
  const isGone = error?.document?.status === 404;
  useEffect(() => {
    if (isGone) {
      dismiss(notice);
    } else if (now !== undefined && !isInProgress(now)) {
      dismiss(notice);
      notify(
        now.state === 'failed'
          ? { type: 'error', text: texts.imageFailed(now.name, now.imageId), image: now }
          : { type: 'success', text: texts.imageReady(now.name, now.imageId), image: now },
      );
    }
  }, [isGone, now, notice, dismiss, notify, texts]);
  return null;
}
