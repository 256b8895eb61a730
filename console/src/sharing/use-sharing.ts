import { useCallback, useMemo, useState } from 'react';
import type { Image } from '../api/client.ts';
import { type RegionInfo, useWorkspace } from '../frame/workspace.tsx';
import { forEach, type Outcome, type Shares, useShareCalls } from './calls.ts';
import { expirationErrorOf, expiresAtOf, noExpiration } from './expiration.ts';
import { useRecentRecipients } from './recent-recipients.ts';
import { addIds, formProblemOf, idsIn, idsPerCallMax, issuesOf, noIds } from './recipient-ids.ts';
import { remainingAfter } from './remaining.ts';
import { useCurrentShares } from './use-current-shares.ts';
import { concernsImage, type Problems, useDryRun, violationsIn } from './use-dry-run.ts';

/** Why the form can't be submitted. */
export type Blocker = 'empty' | 'invalid' | 'tooMany' | 'overLimit' | undefined;

interface Shared {
  readonly with: number;
  readonly alreadyShared: number;
  readonly shares: Shares;
}

export function useRegionOf(images: readonly Image[]): RegionInfo {
  const { regions, region } = useWorkspace();
  return regions.find((one) => one.region === images[0]?.region) ?? region;
}

const none = new Map<never, never>();

/** State of the dialog that shares images. A retry sends only the images that failed. */
export function useSharing(chosen: readonly Image[]) {
  const [images] = useState(chosen);
  const region = useRegionOf(images);
  const calls = useShareCalls();
  const { account } = useWorkspace();
  const recent = useRecentRecipients(account.accountId, region.principalKind);
  const [entered, setEntered] = useState(noIds);
  const [typed, setTyped] = useState('');
  const [expiration, setExpiration] = useState(noExpiration);
  const [isAcknowledged, setIsAcknowledged] = useState(false);
  const [wasSubmitted, setWasSubmitted] = useState(false);
  const [isSending, setIsSending] = useState(false);
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome<Shared>>>(none);
  const left = useMemo(() => images.filter(({ imageId }) => outcomes.get(imageId)?.result === undefined), [images, outcomes]);
  const called = useCurrentShares(images, calls);
  const currentShares: ReadonlyMap<string, Shares> = called.data ?? none;

  const { ids } = entered;
  const owners = useMemo(() => images.map(({ owner }): string => owner), [images]);
  const check = useMemo(() => {
    const checked = ids.filter((id) => formProblemOf(id) === undefined && !owners.includes(id)).slice(0, idsPerCallMax);
    if (checked.length === 0) {
      return undefined;
    }
    return async (): Promise<Problems> => {
      const results = await forEach(left, (image) => calls.wouldShare(image, { recipients: checked, acknowledgeRisk: true }));
      return new Map(
        left.flatMap(({ imageId }, at) => {
          const problem = results[at]?.problem;
          return problem === undefined ? [] : [[imageId, problem] as const];
        }),
      );
    };
  }, [ids, owners, left, calls]);
  const { problems, isChecking } = useDryRun(check);

  const recipientsOf = ({ shares }: Shares) => shares.map(({ recipient }): string => recipient);
  const known = {
    owners,
    recipients: [...currentShares.values()].map(recipientsOf),
    violations: violationsIn(problems.values()),
  };
  const blockerOf = (one: typeof entered): Blocker => {
    const isOverLimit = ({ imageId }: Image) => {
      const shares = currentShares.get(imageId);
      return shares !== undefined && remainingAfter(shares, one.ids).over > 0;
    };
    const isError = [...issuesOf(one, known).values()].some((issue) => issue.isError);
    return one.ids.length === 0
      ? 'empty'
      : isError
        ? 'invalid'
        : one.ids.length > idsPerCallMax
          ? 'tooMany'
          : left.every(isOverLimit)
            ? 'overLimit'
            : undefined;
  };
  const isMissing = region.riskAcknowledgement === 'required' && !isAcknowledged;
  const existing = [...currentShares.values()].flatMap(({ shares }) => shares).filter(({ recipient }) => ids.includes(recipient));

  const send = useCallback(
    async (recipients: readonly string[]) => {
      setIsSending(true);
      const results = await forEach(left, async (image): Promise<Shared> => {
        const shares = await calls.share(image, { recipients, acknowledgeRisk: isAcknowledged, ...expiresAtOf(expiration) });
        const before = currentShares.get(image.imageId);
        return {
          with: recipients.length,
          alreadyShared: before ? recipients.length - remainingAfter(before, recipients).added : 0,
          shares,
        };
      });
      setOutcomes((before) => {
        const after = new Map(before);
        left.forEach(({ imageId }, at) => {
          const outcome = results[at];
          if (outcome !== undefined) {
            after.set(imageId, outcome);
          }
        });
        return after;
      });
      if (results.some(({ result }) => result !== undefined)) {
        recent.add(recipients);
      }
      setIsSending(false);
      void called.refresh();
    },
    [left, calls, isAcknowledged, expiration, currentShares, recent.add, called.refresh],
  );

  /** Includes an ID that is typed but not yet confirmed. */
  const submit = async () => {
    const all = addIds(entered, idsIn(typed));
    setEntered(all);
    setTyped('');
    setWasSubmitted(true);
    const blocker = blockerOf(all);
    if (blocker === 'overLimit') {
      void called.refresh();
    }
    if (blocker === undefined && !isMissing && expirationErrorOf(expiration, new Date()) === undefined) {
      await send(all.ids);
    }
  };

  return {
    images,
    left,
    region,
    called,
    currentShares,
    recent,
    recipients: {
      entered,
      typed,
      issues: issuesOf(entered, known),
      isChecking: isChecking,
      isChecked: check !== undefined && !isChecking && known.violations.size === 0 && ![...problems.values()].some(concernsImage),
    },
    onEnter: (one: typeof entered) => {
      setEntered(one);
      setWasSubmitted(false);
    },
    onType: setTyped,
    blocker: wasSubmitted ? blockerOf(entered) : undefined,
    problems: new Map([...problems].filter(([, problem]) => concernsImage(problem))),
    expirationField: {
      expiration,
      onChange: setExpiration,
      hasExisting: existing.length > 0,
      canRemoveExpiration: existing.some(({ expiresAt }) => expiresAt !== undefined),
      problem: wasSubmitted || expiration.date !== '' ? expirationErrorOf(expiration, new Date()) : undefined,
    },
    riskField: { isAcknowledged, onChange: setIsAcknowledged, isMissing: wasSubmitted && isMissing },
    isSending,
    outcomes,
    submit,
  };
}
