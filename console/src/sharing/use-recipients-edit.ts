import { useMemo, useState } from 'react';
import type { Image, Share } from '../api/client.ts';
import { type Outcome, outcomeOf, type Shares, useShareCalls } from './calls.ts';
import { expirationErrorOf, expiresAtOf, noExpiration } from './expiration.ts';
import { addIds, differenceOf, formProblemOf, idsIn, issuesOf, noIds } from './recipient-ids.ts';
import { useCurrentShares } from './use-current-shares.ts';
import { concernsImage, useDryRun, violationsIn } from './use-dry-run.ts';
import { useRegionOf } from './use-sharing.ts';

const readAgainMs = 5_000;
const idsOf = (shares: readonly Share[]) => shares.map(({ recipient }): string => recipient);

type Saved = Awaited<ReturnType<ReturnType<typeof useShareCalls>['change']>>;

/** State of the dialog that edits the recipient list. Polls the service to detect changes by others. */
export function useRecipientsEdit(opened: Image, shares: readonly Share[]) {
  const [image] = useState(opened);
  const [images] = useState([opened]);
  const region = useRegionOf(images);
  const calls = useShareCalls();
  const [base, setBase] = useState(() => idsOf(shares));
  const [text, setText] = useState(() => idsOf(shares).join('\n'));
  const [expiration, setExpiration] = useState(noExpiration);
  const [isAcknowledged, setIsAcknowledged] = useState(false);
  const [wasSubmitted, setWasSubmitted] = useState(false);
  const [isSaving, setIsSaving] = useState(false);
  const [outcome, setOutcome] = useState<Outcome<Saved>>();
  const called = useCurrentShares(images, calls, { everyMs: readAgainMs });
  const now: Shares | undefined = called.data?.get(image.imageId);

  const entered = useMemo(() => addIds(noIds, idsIn(text)), [text]);
  const { ids } = entered;
  const difference = differenceOf(base, ids);
  const remoteChanges = differenceOf(base, now === undefined ? base : idsOf(now.shares));
  const hasRemoteChanges = remoteChanges.added.length + remoteChanges.removed.length > 0;

  const cap = region.recipientsPerImageMax;
  const over = Math.max(0, ids.length - cap);
  const check = useMemo(() => {
    const checked = ids.filter((id) => formProblemOf(id) === undefined && id !== image.owner);
    const { added, removed } = differenceOf(base, checked);
    if (added.length === 0 || checked.length > cap) {
      return undefined;
    }
    return async () => {
      const { problem } = await outcomeOf(calls.wouldChange(image, { add: added, remove: removed, acknowledgeRisk: true }));
      return new Map(problem === undefined ? [] : [[image.imageId as string, problem]]);
    };
  }, [ids, base, cap, image, calls]);
  const { problems, isChecking } = useDryRun(check);
  const issues = issuesOf(entered, { owners: [image.owner], recipients: [], violations: violationsIn(problems.values()) });
  const isError = [...issues.values()].some((issue) => issue.isError);
  const needsTick = region.riskAcknowledgement === 'required' && difference.added.length > 0;
  const isMissing = needsTick && !isAcknowledged;
  const expirationError = difference.added.length > 0 ? expirationErrorOf(expiration, new Date()) : undefined;

  const save = async () => {
    setWasSubmitted(true);
    if (isError || over > 0 || isMissing || expirationError !== undefined) {
      return;
    }
    setIsSaving(true);
    const fresh = await outcomeOf(calls.list(image));
    const since = fresh.result && differenceOf(base, idsOf(fresh.result.shares));
    if (fresh.problem !== undefined) {
      setOutcome(fresh);
    } else if (since !== undefined && since.added.length + since.removed.length > 0) {
      await called.refresh();
    } else {
      setOutcome(
        await outcomeOf(
          calls.change(image, {
            add: difference.added,
            remove: difference.removed,
            acknowledgeRisk: isAcknowledged,
            ...expiresAtOf(expiration),
          }),
        ),
      );
    }
    setIsSaving(false);
  };
  /** Rebases the edits onto the current list of the service. */
  const merge = () => {
    const gone = new Set(remoteChanges.removed);
    setText([...new Set([...ids.filter((id) => !gone.has(id)), ...remoteChanges.added])].join('\n'));
    setBase(now === undefined ? base : idsOf(now.shares));
  };

  return {
    region,
    called,
    text,
    setText,
    ids,
    cap,
    over,
    difference,
    remoteChanges,
    hasRemoteChanges,
    merge,
    issues,
    isChecking,
    problem: outcome?.problem ?? [...problems.values()].find(concernsImage),
    expirationField: { expiration, onChange: setExpiration, problem: wasSubmitted ? expirationError : undefined },
    riskField: { isAcknowledged, onChange: setIsAcknowledged, isRequired: needsTick, isMissing: wasSubmitted && isMissing },
    isError: wasSubmitted && isError,
    isSaving,
    outcome,
    save,
  };
}
