import { useCallback, useMemo, useState } from 'react';
import type { Image } from '../api/client.ts';
import { type RegionFacts, usePlace } from '../frame/place.tsx';
import { forEach, type Outcome, type Shares, useShareCalls } from './calls.ts';
import { endProblemOf, expiryOf, noEnd } from './end-time.ts';
import { isOfImage, offencesIn, type Problems, useForecast } from './forecast.ts';
import { useRecentRecipients } from './recent-recipients.ts';
import { enter, formProblemOf, idsIn, idsPerCallMax, nobody, remarksOn } from './recipient-ids.ts';
import { roomFor } from './room.ts';
import { useHolders } from './use-holders.ts';

/** Why what is entered cannot be sent. */
export type Hindrance = 'nobody' | 'wrong' | 'many' | 'room' | undefined;

/** An image that was shared: with how many, and how many of them held it already. */
interface Shared {
  readonly with: number;
  readonly held: number;
  readonly shares: Shares;
}

/** The rules of the region that images are in. */
export function useRegionOf(images: readonly Image[]): RegionFacts {
  const { regions, region } = usePlace();
  return regions.find((one) => one.region === images[0]?.region) ?? region;
}

const none = new Map<never, never>();

/** What a person enters to share images, what is known and said of it, and sending it to every image that lacks it. */
export function useSharing(chosen: readonly Image[]) {
  const [images] = useState(chosen);
  const region = useRegionOf(images);
  const calls = useShareCalls();
  const { account } = usePlace();
  const recent = useRecentRecipients(account.accountId, region.holderKind);
  const [entered, setEntered] = useState(nobody);
  const [typed, setTyped] = useState('');
  const [end, setEnd] = useState(noEnd);
  const [isAcknowledged, setIsAcknowledged] = useState(false);
  const [wasTried, setWasTried] = useState(false);
  const [isSending, setIsSending] = useState(false);
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome<Shared>>>(none);
  const left = useMemo(() => images.filter(({ imageId }) => outcomes.get(imageId)?.answer === undefined), [images, outcomes]);
  const called = useHolders(images, calls);
  const holders: ReadonlyMap<string, Shares> = called.data ?? none;

  const { ids } = entered;
  const owners = useMemo(() => images.map(({ owner }): string => owner), [images]);
  const ask = useMemo(() => {
    const asked = ids.filter((id) => formProblemOf(id) === undefined && !owners.includes(id)).slice(0, idsPerCallMax);
    if (asked.length === 0) {
      return undefined;
    }
    return async (): Promise<Problems> => {
      const answers = await forEach(left, (image) => calls.wouldShare(image, { recipients: asked, acknowledgeRisk: true }));
      return new Map(
        left.flatMap(({ imageId }, at) => {
          const problem = answers[at]?.problem;
          return problem === undefined ? [] : [[imageId, problem] as const];
        }),
      );
    };
  }, [ids, owners, left, calls]);
  const { problems, isAsking } = useForecast(ask);

  const recipientsOf = ({ shares }: Shares) => shares.map(({ recipient }): string => recipient);
  const known = { owners, holders: [...holders.values()].map(recipientsOf), offences: offencesIn(problems.values()) };
  const hindranceOf = (one: typeof entered): Hindrance => {
    const lacksRoom = ({ imageId }: Image) => {
      const shares = holders.get(imageId);
      return shares !== undefined && roomFor(shares, one.ids).over > 0;
    };
    const isWrong = [...remarksOn(one, known).values()].some((remark) => remark.isWrong);
    return one.ids.length === 0
      ? 'nobody'
      : isWrong
        ? 'wrong'
        : one.ids.length > idsPerCallMax
          ? 'many'
          : left.every(lacksRoom)
            ? 'room'
            : undefined;
  };
  const isMissing = region.riskAcknowledgement === 'required' && !isAcknowledged;
  const present = [...holders.values()].flatMap(({ shares }) => shares).filter(({ recipient }) => ids.includes(recipient));

  const send = useCallback(
    async (recipients: readonly string[]) => {
      setIsSending(true);
      const answers = await forEach(left, async (image): Promise<Shared> => {
        const shares = await calls.share(image, { recipients, acknowledgeRisk: isAcknowledged, ...expiryOf(end) });
        const before = holders.get(image.imageId);
        return { with: recipients.length, held: before ? recipients.length - roomFor(before, recipients).newcomers : 0, shares };
      });
      setOutcomes((before) => {
        const after = new Map(before);
        left.forEach(({ imageId }, at) => {
          const outcome = answers[at];
          if (outcome !== undefined) {
            after.set(imageId, outcome);
          }
        });
        return after;
      });
      if (answers.some(({ answer }) => answer !== undefined)) {
        recent.remember(recipients);
      }
      setIsSending(false);
      void called.refresh();
    },
    [left, calls, isAcknowledged, end, holders, recent.remember, called.refresh],
  );

  /** Sends what is entered, with what is typed and not finished, unless something hinders it. */
  const submit = async () => {
    const all = enter(entered, idsIn(typed));
    setEntered(all);
    setTyped('');
    setWasTried(true);
    const hindrance = hindranceOf(all);
    if (hindrance === 'room') {
      void called.refresh();
    }
    if (hindrance === undefined && !isMissing && endProblemOf(end, new Date()) === undefined) {
      await send(all.ids);
    }
  };

  return {
    images,
    left,
    region,
    called,
    holders,
    recent,
    recipients: {
      entered,
      typed,
      remarks: remarksOn(entered, known),
      isChecking: isAsking,
      isChecked: ask !== undefined && !isAsking && known.offences.size === 0 && ![...problems.values()].some(isOfImage),
    },
    enter: (one: typeof entered) => {
      setEntered(one);
      setWasTried(false);
    },
    type: setTyped,
    hindrance: wasTried ? hindranceOf(entered) : undefined,
    problems: new Map([...problems].filter(([, problem]) => isOfImage(problem))),
    ending: {
      end,
      onChange: setEnd,
      someHold: present.length > 0,
      mayLift: present.some(({ expiresAt }) => expiresAt !== undefined),
      problem: wasTried || end.date !== '' ? endProblemOf(end, new Date()) : undefined,
    },
    risk: { isAcknowledged, onChange: setIsAcknowledged, isMissing: wasTried && isMissing },
    isSending,
    outcomes,
    submit,
  };
}
