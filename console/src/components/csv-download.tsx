import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import LiveRegion from '@cloudscape-design/components/live-region';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useEffect, useEffectEvent, useState } from 'react';
import { type Problem, problemOf } from '../api/problem.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { csvOf } from './csv.ts';
import { csvTexts } from './csv-texts.ts';
import { Dialog } from './dialog.tsx';
import { ProblemAlert } from './problem-alert.tsx';

type Row = readonly string[];

interface CsvSource {
  readonly fileName: string;
  readonly header: Row;
  /** Reads one page of the list. */
  readonly read: (
    cursor: string | undefined,
    signal: AbortSignal,
  ) => Promise<{ readonly rows: readonly Row[]; readonly nextCursor?: string | undefined }>;
}

const rowsMax = 10_000;

/** A button that downloads a whole list, page by page, up to `rowsMax` rows. */
export function CsvDownload(source: CsvSource) {
  const texts = useTexts(csvTexts);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button iconName="download" onClick={() => setOpen(true)}>
        {texts.download}
      </Button>
      {isOpen && <CsvDialog {...source} onClose={() => setOpen(false)} />}
    </>
  );
}

interface Progress {
  readonly count: number;
  readonly state: 'loading' | 'saved' | 'cut' | Problem;
}

/** Starts immediately. Closing the dialog cancels the download. */
function CsvDialog({ fileName, header, read, onClose }: CsvSource & { readonly onClose: () => void }) {
  const common = useTexts(commonTexts);
  const texts = useTexts(csvTexts);
  const [attempt, setAttempt] = useState(1);
  const [{ count, state }, setProgress] = useState<Progress>({ count: 0, state: 'loading' });
  const run = useEffectEvent(async (signal: AbortSignal) => {
    const rows: Row[] = [];
    try {
      let cursor: string | undefined;
      do {
        const page = await read(cursor, signal);
        signal.throwIfAborted();
        rows.push(...page.rows);
        cursor = page.nextCursor;
        setProgress({ count: Math.min(rows.length, rowsMax), state: 'loading' });
      } while (cursor !== undefined && rows.length < rowsMax);
      const saved = rows.slice(0, rowsMax);
      saveCsv(fileName, [header, ...saved]);
      setProgress({ count: saved.length, state: cursor === undefined && rows.length <= rowsMax ? 'saved' : 'cut' });
    } catch (failure) {
      if (!signal.aborted) {
        setProgress({ count: rows.length, state: problemOf(failure) });
      }
    }
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt starts again.
  useEffect(() => {
    const controller = new AbortController();
    void run(controller.signal);
    return () => controller.abort();
  }, [attempt]);
  const retry = () => {
    setProgress({ count: 0, state: 'loading' });
    setAttempt(attempt + 1);
  };
  return (
    <Dialog header={texts.download} onClose={onClose} closeText={state === 'loading' ? common.cancel : common.close}>
      <Box>{texts.about(rowsMax)}</Box>
      {typeof state === 'object' ? (
        <ProblemAlert problem={state}>
          <Button onClick={retry}>{common.retry}</Button>
        </ProblemAlert>
      ) : (
        <LiveRegion>
          {state === 'loading' ? (
            <StatusIndicator type="loading">{texts.loaded(count)}</StatusIndicator>
          ) : (
            <StatusIndicator type="success">{texts.saved(count, fileName)}</StatusIndicator>
          )}
          {state === 'cut' && <Alert type="warning">{texts.cut(rowsMax)}</Alert>}
        </LiveRegion>
      )}
    </Dialog>
  );
}

/** Makes spreadsheets read the file as UTF-8. */
const byteOrderMark = '\uFEFF';

/** Downloads rows as a file. */
export function saveCsv(fileName: string, rows: readonly (readonly string[])[]): void {
  const url = URL.createObjectURL(new Blob([byteOrderMark, csvOf(rows)], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser reads the file after this function returns.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
