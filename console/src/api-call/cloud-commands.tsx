import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import type { Api } from '../api/client.ts';
import { sharesQuery } from '../api/image-queries.ts';
import type { Tenant } from '../api/keys.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { CommandBlock } from './command-block.tsx';
import type { CommandLine } from './command-lines/command-line.ts';
import { commandsOf } from './command-lines/commands.ts';
import type { HttpCall } from './preview.ts';
import { apiCallTexts } from './texts.ts';

const allShares = /^\/v1\/regions\/([^/]+)\/images\/([^/]+)\/shares$/;

/** Names the recipients that a call means by "all", if they are loaded, because the clouds' calls name them. */
function withRecipients(call: HttpCall, { api, client, tenant }: { api: Api; client: QueryClient; tenant: Tenant }): HttpCall {
  const url = new URL(call.url);
  const [, region, imageId] = allShares.exec(url.pathname) ?? [];
  if (region === undefined || imageId === undefined || url.searchParams.get('all') !== 'true') {
    return call;
  }
  const image = { region: decodeURIComponent(region), imageId: decodeURIComponent(imageId) };
  const { shares = [] } = client.getQueryData(sharesQuery(api, image, tenant).queryKey) ?? {};
  if (shares.length > 0) {
    url.searchParams.delete('all');
    for (const { recipient } of shares) {
      url.searchParams.append('recipient', recipient);
    }
  }
  return { ...call, url: url.href };
}

/** The same change with a cloud's command-line tool, or why there is none. */
export function CloudCommands({ calls, commandLine }: { calls: readonly HttpCall[]; commandLine: CommandLine }) {
  const texts = useTexts(apiCallTexts);
  const name = useTexts(commandLine.name);
  const { api } = useSession();
  const { query: tenant } = useWorkspace();
  const client = useQueryClient();
  const { program } = commandLine;
  const named = calls.map((call) => withRecipients(call, { api, client, tenant }));
  const result = commandsOf(named, commandLine, new URL(location.origin));
  const { commands, missing, hasNoCall, isStepwise, hasRevision } = result;
  return (
    <SpaceBetween size="s">
      {hasNoCall && <Alert type="info">{texts.noCall(name)}</Alert>}
      {missing.length > 0 && <Alert type="info">{texts.missing(name, missing)}</Alert>}
      {commands.length > 0 && (
        <CommandBlock commands={commands} name={name} text={texts.cliText(commands.length, program)}>
          {location.protocol === 'http:' && commandLine.withoutTls === undefined && <Box>{texts.needsTls(program)}</Box>}
          {isStepwise && <Box>{texts.stepwise}</Box>}
          {hasRevision && <Box>{texts.noRevision}</Box>}
        </CommandBlock>
      )}
    </SpaceBetween>
  );
}
