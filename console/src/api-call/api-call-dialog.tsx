import Box from '@cloudscape-design/components/box';
import Tabs from '@cloudscape-design/components/tabs';
import { Dialog } from '../components/dialog.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { CloudCommands } from './cloud-commands.tsx';
import { CommandBlock } from './command-block.tsx';
import { commandLines } from './command-lines/command-lines.ts';
import { curlOf } from './curl.ts';
import type { HttpCall } from './preview.ts';
import { apiCallTexts } from './texts.ts';

interface ApiCallDialogProps {
  /** None if the form is incomplete. */
  readonly calls: readonly HttpCall[];
  readonly onClose: () => void;
}

/** Shows calls as commands: of the HTTP API, and of the command-line tool of the region's cloud. */
export default function ApiCallDialog({ calls, onClose }: ApiCallDialogProps) {
  const texts = useTexts(apiCallTexts);
  const { regions, region: here } = useWorkspace();
  const [first] = calls;
  const [, named = ''] = /\/v1\/regions\/([^/?]+)/.exec(first?.url ?? '') ?? [];
  const { policy } = regions.find(({ region }) => region === decodeURIComponent(named)) ?? here;
  const commandLine = commandLines[policy];
  const cloudName = useTexts(commandLine?.name ?? { en: '', zh: '' });
  const http = <CommandBlock text={texts.curlText(calls.length)} name={texts.httpApi} commands={calls.map(curlOf)} />;
  return (
    <Dialog header={texts.name} size="large" onClose={onClose}>
      {first === undefined ? (
        <Box>{texts.nothing}</Box>
      ) : (
        <Tabs
          ariaLabel={texts.name}
          tabs={[
            { id: 'http', label: texts.httpApi, content: http },
            ...(commandLine === undefined
              ? []
              : [{ id: 'cloud', label: cloudName, content: <CloudCommands calls={calls} commandLine={commandLine} /> }]),
          ]}
        />
      )}
    </Dialog>
  );
}
