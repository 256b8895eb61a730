import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Image, Share } from '../api/client.ts';
import { sharesQuery } from '../api/image-queries.ts';
import { keys } from '../api/keys.ts';
import { useCalls } from '../api/use-change.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { outcomeOf, useShareCalls } from './calls.ts';
import { expirationErrorOf, expiresAtOf, noExpiration } from './expiration.ts';
import { addIds, differenceOf, formProblemOf, idsIn, issuesOf, noIds } from './recipient-ids.ts';
import { concernsImage, useDryRun, violationsIn } from './use-dry-run.ts';
import { useRegionOf } from './use-sharing.ts';

const pollMs = 5_000;
const idsOf = (shares: readonly Share[]) => shares.map(({ recipient }): string => recipient);

interface SavedRecipients {
  readonly added: number;
  readonly removed: number;
  /** Whether the result differs from what the dialog showed, because someone else changed the list. */
  readonly isDifferent: boolean;
}

/** State of the dialog that edits the recipient list. Polls the service to detect changes by others. */
export function useRecipientsEdit(opened: Image, shares: readonly Share[], onSaved: (saved: SavedRecipients) => void) {
  const { api } = useSession();
  const { query } = useWorkspace();
  const [image] = useState(opened);
  const region = useRegionOf([image]);
  const calls = useShareCalls();
  const [base, setBase] = useState(() => idsOf(shares));
  const [text, setText] = useState(() => idsOf(shares).join('\n'));
  const [expiration, setExpiration] = useState(noExpiration);
  const [isAcknowledged, setIsAcknowledged] = useState(false);
  const [wasSubmitted, setWasSubmitted] = useState(false);
  const current = useQuery({ ...sharesQuery(api, image, query), refetchInterval: pollMs });
  const { data: now } = current;

  const entered = useMemo(() => addIds(noIds, idsIn(text)), [text]);
  const { ids } = entered;
  const difference = differenceOf(base, ids);
  const latest = now === undefined ? base : idsOf(now.shares);
  const remoteChanges = differenceOf(base, latest);
  const hasRemoteChanges = remoteChanges.added.length + remoteChanges.removed.length > 0;

  const cap = region.recipientsPerImageMax;
  const over = Math.max(0, ids.length - cap);
  const wellFormed = ids.filter((id) => formProblemOf(id) === undefined && id !== image.owner);
  const toCheck = differenceOf(base, wellFormed);
  const { problems, isChecking } = useDryRun(
    toCheck.added.length === 0 || wellFormed.length > cap ? undefined : [image.imageId, toCheck.added, toCheck.removed],
    async () => {
      const { added, removed } = toCheck;
      const { problem } = await outcomeOf(calls.wouldChange(image, { add: added, remove: removed, acknowledgeRisk: true }));
      return new Map(problem === undefined ? [] : [[image.imageId, problem]]);
    },
  );
  const issues = issuesOf(entered, { owners: [image.owner], recipients: [], violations: violationsIn(problems.values()) });
  const isError = [...issues.values()].some((issue) => issue.isError);
  const needsAcknowledgement = region.riskAcknowledgement === 'required' && difference.added.length > 0;
  const isMissing = needsAcknowledgement && !isAcknowledged;
  const expirationError = difference.added.length > 0 ? expirationErrorOf(expiration, new Date()) : undefined;

  const saving = useCalls({
    // Saves nothing if someone else changed the list.
    run: async ({ once, isPreview }) => {
      const { data } = isPreview ? current : await current.refetch({ throwOnError: true });
      const { added, removed } = differenceOf(base, data === undefined ? base : idsOf(data.shares));
      return added.length + removed.length > 0
        ? undefined
        : calls.change(once, image, {
            add: difference.added,
            remove: difference.removed,
            acknowledgeRisk: isAcknowledged,
            ...expiresAtOf(expiration),
          });
    },
    changes: [keys.images],
    onSuccess: (saved) => {
      if (saved !== undefined) {
        const [added, removed] = [saved.added.length, saved.removed.length];
        const isDifferent = added !== difference.added.length || removed !== difference.removed.length;
        onSaved({ added, removed, isDifferent });
      }
    },
  });
  const save = () => {
    setWasSubmitted(true);
    if (!isError && over === 0 && !isMissing && expirationError === undefined) {
      saving.mutate();
    }
  };
  /** Rebases the edits onto the current list of the service. */
  const merge = () => {
    const gone = new Set(remoteChanges.removed);
    setText([...new Set([...ids.filter((id) => !gone.has(id)), ...remoteChanges.added])].join('\n'));
    setBase(latest);
  };

  return {
    region,
    current,
    text,
    setText,
    ids,
    cap,
    over,
    difference,
    preview: differenceOf(
      base,
      ids.filter((id) => issues.get(id)?.isError !== true),
    ),
    remoteChanges,
    hasRemoteChanges,
    merge,
    issues,
    isChecking,
    saveError: saving.error,
    problem: saving.error ?? [...problems.values()].find(concernsImage),
    expirationField: { expiration, onChange: setExpiration, problem: wasSubmitted ? expirationError : undefined },
    riskField: {
      isAcknowledged,
      onChange: setIsAcknowledged,
      isRequired: needsAcknowledgement,
      isMissing: wasSubmitted && isMissing,
    },
    isError: wasSubmitted && isError,
    isSaving: saving.isPending,
    save,
  };
}
