import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNames } from '../address-book/use-names.ts';
import type { Image, RegionInfo, Schemas } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { useCalls } from '../api/use-change.ts';
import { isPreviewing } from '../api-call/preview.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { forEachImage, type Outcome, problemsOf, resultsOf, type ShareCalls, type Shares, useShareCalls } from './calls.ts';
import { expirationErrorOf, expiresAtOf, noExpiration } from './expiration.ts';
import { useRecentRecipients } from './recent-recipients.ts';
import { addIds, formProblemOf, idsPerCallMax, issuesOf, noIds } from './recipient-ids.ts';
import { remainingAfter } from './remaining.ts';
import { concernsImage, useDryRun, violationsIn } from './use-dry-run.ts';

/** Why the form can't be submitted. */
export type Blocker = 'empty' | 'invalid' | 'tooMany' | 'overLimit' | undefined;

/** What sharing an image did. */
interface SharedResult {
  readonly sharedWith: number;
  readonly alreadyShared: number;
  readonly shares: Schemas['SharedWith'];
}

export function useRegionOf(images: readonly Image[]): RegionInfo {
  const { regions, region } = useWorkspace();
  return regions.find((one) => one.region === images[0]?.region) ?? region;
}

const none = new Map<never, never>();

/** The current recipients of each image. Images that fail to load are left out, unless all fail. */
async function readShares(images: readonly Image[], calls: ShareCalls): Promise<ReadonlyMap<string, Shares>> {
  const outcomes = await forEachImage(images, calls.list);
  const known = resultsOf(outcomes);
  const [problem] = problemsOf(outcomes).values();
  if (problem !== undefined && known.size === 0) {
    throw problem;
  }
  return known;
}

/** State of the dialog that shares images. A retry sends only the images that failed. Calls `onAllShared` once all are shared. */
export function useSharing(chosen: readonly Image[], onAllShared: (results: ReadonlyMap<string, SharedResult>) => void) {
  const [images] = useState(chosen);
  const region = useRegionOf(images);
  const calls = useShareCalls();
  const names = useNames();
  const { account, query } = useWorkspace();
  const recent = useRecentRecipients(account.accountId, region.principalKind);
  const [entered, setEntered] = useState(noIds);
  const [typed, setTyped] = useState('');
  const [expiration, setExpiration] = useState(noExpiration);
  const [isAcknowledged, setIsAcknowledged] = useState(false);
  const [wasSubmitted, setWasSubmitted] = useState(false);
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome<SharedResult>>>(none);
  const left = images.filter(({ imageId }) => outcomes.get(imageId)?.result === undefined);
  const imageIds = images.map(({ imageId }) => imageId);
  const current = useQuery({
    queryKey: keys.recipients(imageIds, query),
    queryFn: () => readShares(images, calls),
  });
  const currentShares: ReadonlyMap<string, Shares> = current.data ?? none;

  const { ids } = entered;
  const owners = images.map(({ owner }): string => owner);
  const checked = ids.filter((id) => formProblemOf(id) === undefined && !owners.includes(id)).slice(0, idsPerCallMax);
  const leftIds = left.map(({ imageId }) => imageId);
  const hasCheck = checked.length > 0;
  const { problems, isChecking } = useDryRun(hasCheck ? [leftIds, checked] : undefined, async () => {
    const sharing = { recipients: checked, acknowledgeRisk: true };
    return problemsOf(await forEachImage(left, (image) => calls.wouldShare(image, sharing)));
  });

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

  const sending = useCalls({
    run: ({ once }, recipients: readonly string[]) =>
      forEachImage(left, async (image): Promise<SharedResult> => {
        const expires = expiresAtOf(expiration);
        const shares = await calls.share(once, image, { recipients, acknowledgeRisk: isAcknowledged, ...expires });
        return { sharedWith: recipients.length, alreadyShared: recipients.length - shares.added.length, shares };
      }),
    changes: [keys.images],
    onSuccess: (results, recipients) => {
      const all = new Map([...outcomes, ...results]);
      setOutcomes(all);
      if (resultsOf(results).size > 0) {
        recent.add(recipients);
      }
      if (resultsOf(all).size === images.length) {
        onAllShared(resultsOf(all));
      }
    },
  });

  /** Includes an ID that is typed but not yet confirmed. */
  const submit = () => {
    const all = addIds(entered, names.idsIn(typed));
    setEntered(all);
    setTyped('');
    setWasSubmitted(true);
    const blocker = blockerOf(all);
    if (blocker === 'overLimit' && !isPreviewing()) {
      void current.refetch();
    }
    if (blocker === undefined && !isMissing && expirationErrorOf(expiration, new Date()) === undefined) {
      sending.mutate(all.ids);
    }
  };

  return {
    images,
    left,
    region,
    current,
    currentShares,
    recent,
    recipients: {
      entered,
      typed,
      issues: issuesOf(entered, known),
      isChecking,
      isChecked:
        hasCheck &&
        checked.length === ids.length &&
        !isChecking &&
        known.violations.size === 0 &&
        ![...problems.values()].some(concernsImage),
    },
    onEnter: (one: typeof entered) => {
      setEntered(one);
      setWasSubmitted(false);
    },
    onType: (text: string) => {
      setTyped(text);
      setWasSubmitted(false);
    },
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
    isSending: sending.isPending,
    outcomes,
    submit,
  };
}
