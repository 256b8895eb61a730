import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import FileUpload from '@cloudscape-design/components/file-upload';
import FormField from '@cloudscape-design/components/form-field';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useEffect, useRef, useState } from 'react';
import { type AddressBookEntry, unwrap } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { type Problem, problemOf } from '../api/problem.ts';
import { useCalls } from '../api/use-change.ts';
import { Dialog } from '../components/dialog.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { useNotices } from '../frame/notices.tsx';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { type Import, importOf } from './import.ts';
import { addressBookTexts } from './texts.ts';
import { useAddressBook } from './use-address-book.ts';

const callsAtOnceMax = 3;
const problemsShownMax = 10;

/** Imports entries from a file, one by one. Closing the dialog stops the import; what is saved stays. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const common = useTexts(commonTexts);
  const texts = useTexts(addressBookTexts);
  const { api } = useSession();
  const { notify } = useNotices();
  const book = useAddressBook();
  const [file, setFile] = useState<File>();
  const [content, setContent] = useState<Import | 'unreadable'>();
  const [left, setLeft] = useState<readonly AddressBookEntry[]>([]);
  const [problem, setProblem] = useState<Problem>();
  const controller = useRef(new AbortController());
  useEffect(() => {
    const { current } = controller;
    return () => current.abort();
  }, []);

  const read = async (chosen: File | undefined) => {
    setFile(chosen);
    setProblem(undefined);
    setContent(undefined);
    setLeft([]);
    if (chosen !== undefined) {
      const found = await contentOf(chosen, book);
      setContent(found);
      setLeft(found === 'unreadable' ? [] : [...found.added, ...found.changed]);
    }
  };
  const importing = useCalls({
    run: async ({ once, isPreview }) => {
      const { signal } = controller.current;
      const waiting = left.values();
      const saved = new Set<AddressBookEntry>();
      const failures: Problem[] = [];
      const work = async () => {
        for (const entry of waiting) {
          if (signal.aborted || failures.length > 0) {
            return;
          }
          const { principalId, ...body } = entry;
          try {
            await once(principalId, body, (header) =>
              unwrap(
                api.PUT('/v1/account/address-book/{principalId}', { params: { path: { principalId }, header }, body, signal }),
              ),
            );
            saved.add(entry);
            if (!isPreview) {
              setLeft(left.filter((one) => !saved.has(one)));
            }
          } catch (failure) {
            failures.push(problemOf(failure));
          }
        }
      };
      await Promise.all(Array.from({ length: callsAtOnceMax }, work));
      return { count: saved.size, failure: failures[0], isAborted: signal.aborted };
    },
    changes: [keys.addressBook],
    onMutate: () => setProblem(undefined),
    onSuccess: ({ count, failure, isAborted }) => {
      if (failure === undefined && !isAborted) {
        notify({ type: 'success', text: texts.imported(count) });
        onClose();
      } else {
        setProblem(failure);
      }
    },
  });
  const isRunning = importing.isPending;

  const isReadable = content !== undefined && content !== 'unreadable';
  return (
    <Dialog
      header={texts.importTitle}
      onClose={onClose}
      closeText={common.cancel}
      action={
        isRunning
          ? undefined
          : {
              text: problem !== undefined ? common.retry : left.length === 0 ? texts.importNone : texts.import(left.length),
              isRunning: false,
              isDisabled: left.length === 0,
              run: () => importing.mutate(),
            }
      }
    >
      <FormField label={texts.file} description={texts.fileHint} errorText={content === 'unreadable' && texts.unreadable}>
        <FileUpload
          accept=".csv,text/csv"
          value={file === undefined ? [] : [file]}
          onChange={({ detail }) => void read(detail.value[0])}
          i18nStrings={{
            uploadButtonText: () => texts.chooseFile,
            dropzoneText: () => texts.dropFile,
            removeFileAriaLabel: () => texts.removeFile,
            errorIconAriaLabel: texts.error,
          }}
        />
      </FormField>
      <LiveRegion>
        <SpaceBetween size="xs">
          {isRunning && <StatusIndicator type="loading">{texts.importing(left.length)}</StatusIndicator>}
          {isReadable && !isRunning && problem === undefined && (
            <Box>{texts.importPreview(content.added.length, content.changed.length, content.unchanged)}</Box>
          )}
          {isReadable && content.problems.length > 0 && (
            <Alert type="warning" header={texts.skipped(content.problems.length)}>
              {content.problems.slice(0, problemsShownMax).map(({ row, problem: what }) => (
                <Box key={row}>{texts.rowProblem(row, texts.rowProblems[what])}</Box>
              ))}
              {content.problems.length > problemsShownMax && <Box>{texts.more(content.problems.length - problemsShownMax)}</Box>}
            </Alert>
          )}
          {problem !== undefined && <Box>{texts.importStopped(left.length)}</Box>}
        </SpaceBetween>
      </LiveRegion>
      {problem !== undefined && <ProblemAlert problem={problem} />}
    </Dialog>
  );
}

async function contentOf(file: File, book: ReadonlyMap<string, AddressBookEntry>): Promise<Import | 'unreadable'> {
  try {
    return importOf(new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()), book);
  } catch {
    return 'unreadable';
  }
}
