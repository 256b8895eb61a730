import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { PrincipalName } from '../address-book/principal-name.tsx';
import { acceptanceQuery, trustedOwnersQuery } from '../api/account-queries.ts';
import type { Tenant } from '../api/keys.ts';
import { LoadError } from '../components/load-error.tsx';
import { Loading } from '../components/loading.tsx';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { AcceptanceDialog } from './acceptance-dialog.tsx';
import { ownersTexts } from './texts.ts';
import { TrustedOwnersDialog } from './trusted-owners-dialog.tsx';

/** Who can share images with the account and, in regions where images belong to projects, with the chosen project. */
export function Acceptance() {
  const texts = useRegionTexts(ownersTexts);
  const { account, project } = useWorkspace();
  return (
    <Container
      header={
        <Header variant="h2" description={texts.text}>
          {texts.title}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <AcceptanceOf header={texts.accountHeader(account.accountId)} tenant={{}} />
        {project !== undefined && <AcceptanceOf header={texts.projectHeader(project)} tenant={{ project }} />}
      </SpaceBetween>
    </Container>
  );
}

function AcceptanceOf({ header, tenant }: { header: string; tenant: Tenant }) {
  const texts = useRegionTexts(ownersTexts);
  const common = useTexts(commonTexts);
  const { api } = useSession();
  const acceptance = useQuery(acceptanceQuery(api, tenant));
  const trusted = useQuery(trustedOwnersQuery(api, tenant));
  const [open, setOpen] = useState<'acceptance' | 'trusted'>();
  const close = () => setOpen(undefined);
  return (
    <SpaceBetween size="s">
      <Header
        variant="h3"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button ariaLabel={common.labeled(texts.editTrusted, header)} onClick={() => setOpen('trusted')}>
              {texts.editTrusted}
            </Button>
            <Button ariaLabel={common.labeled(texts.editAcceptance, header)} onClick={() => setOpen('acceptance')}>
              {texts.editAcceptance}
            </Button>
          </SpaceBetween>
        }
      >
        {header}
      </Header>
      <LoadError query={acceptance.error === null ? trusted : acceptance} />
      {acceptance.data === undefined || trusted.data === undefined ? (
        acceptance.error === null && trusted.error === null && <Loading />
      ) : (
        <KeyValuePairs
          columns={3}
          items={[
            { label: texts.accepts, value: acceptance.data.from === 'anyone' ? texts.anyone : texts.trustedOnly },
            { label: texts.trustedOwners, value: <OwnerList ids={trusted.data} /> },
            { label: texts.blockedOwners, value: <OwnerList ids={acceptance.data.blockedOwners} /> },
          ]}
        />
      )}
      {open === 'acceptance' && <AcceptanceDialog tenant={tenant} onClose={close} />}
      {open === 'trusted' && <TrustedOwnersDialog tenant={tenant} onClose={close} />}
    </SpaceBetween>
  );
}

const shownMax = 5;

function OwnerList({ ids }: { ids: readonly string[] }) {
  const texts = useRegionTexts(ownersTexts);
  if (ids.length === 0) {
    return texts.none;
  }
  return (
    <>
      {ids.slice(0, shownMax).map((id) => (
        <Box key={id}>
          <PrincipalName id={id} />
        </Box>
      ))}
      {ids.length > shownMax && <Box color="text-body-secondary">{texts.more(ids.length - shownMax)}</Box>}
    </>
  );
}
