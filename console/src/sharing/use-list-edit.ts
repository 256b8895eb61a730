import { useMemo, useState } from 'react';
import type { Image, Share } from '../api/client.ts';
import { type Outcome, outcomeOf, type Shares, useShareCalls } from './calls.ts';
import { endProblemOf, expiryOf, noEnd } from './end-time.ts';
import { isOfImage, offencesIn, useForecast } from './forecast.ts';
import { differenceOf, enter, formProblemOf, idsIn, nobody, remarksOn } from './recipient-ids.ts';
import { useHolders } from './use-holders.ts';
import { useRegionOf } from './use-sharing.ts';

const readAgainMs = 5_000;
const idsOf = (shares: readonly Share[]) => shares.map(({ recipient }): string => recipient);

type Saved = Awaited<ReturnType<ReturnType<typeof useShareCalls>['change']>>;

/** The whole list of an image's recipients as a person edits it, beside the one that the service has. */
export function useListEdit(opened: Image, shares: readonly Share[]) {
  const [image] = useState(opened);
  const [images] = useState([opened]);
  const region = useRegionOf(images);
  const calls = useShareCalls();
  const [base, setBase] = useState(() => idsOf(shares));
  const [text, setText] = useState(() => idsOf(shares).join('\n'));
  const [end, setEnd] = useState(noEnd);
  const [isAcknowledged, setIsAcknowledged] = useState(false);
  const [wasTried, setWasTried] = useState(false);
  const [isSaving, setIsSaving] = useState(false);
  const [outcome, setOutcome] = useState<Outcome<Saved>>();
  const called = useHolders(images, calls, { everyMs: readAgainMs });
  const now: Shares | undefined = called.data?.get(image.imageId);

  const entered = useMemo(() => enter(nobody, idsIn(text)), [text]);
  const { ids } = entered;
  const difference = differenceOf(base, ids);
  const meanwhile = differenceOf(base, now === undefined ? base : idsOf(now.shares));
  const hasChangedMeanwhile = meanwhile.added.length + meanwhile.removed.length > 0;

  const cap = region.recipientsPerImageMax;
  const over = Math.max(0, ids.length - cap);
  const ask = useMemo(() => {
    const asked = ids.filter((id) => formProblemOf(id) === undefined && id !== image.owner);
    const { added, removed } = differenceOf(base, asked);
    if (added.length === 0 || asked.length > cap) {
      return undefined;
    }
    return async () => {
      const { problem } = await outcomeOf(calls.wouldChange(image, { add: added, remove: removed, acknowledgeRisk: true }));
      return new Map(problem === undefined ? [] : [[image.imageId as string, problem]]);
    };
  }, [ids, base, cap, image, calls]);
  const { problems, isAsking } = useForecast(ask);
  const remarks = remarksOn(entered, { owners: [image.owner], holders: [], offences: offencesIn(problems.values()) });
  const isWrong = [...remarks.values()].some((remark) => remark.isWrong);
  const needsTick = region.riskAcknowledgement === 'required' && difference.added.length > 0;
  const isMissing = needsTick && !isAcknowledged;
  const endProblem = difference.added.length > 0 ? endProblemOf(end, new Date()) : undefined;

  const save = async () => {
    setWasTried(true);
    if (isWrong || over > 0 || isMissing || endProblem !== undefined) {
      return;
    }
    setIsSaving(true);
    const fresh = await outcomeOf(calls.list(image));
    const since = fresh.answer && differenceOf(base, idsOf(fresh.answer.shares));
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
            ...expiryOf(end),
          }),
        ),
      );
    }
    setIsSaving(false);
  };
  /** Makes the list that the service has now the one that is edited, with what was edited so far. */
  const takeOver = () => {
    const gone = new Set(meanwhile.removed);
    setText([...new Set([...ids.filter((id) => !gone.has(id)), ...meanwhile.added])].join('\n'));
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
    meanwhile,
    hasChangedMeanwhile,
    takeOver,
    remarks,
    isAsking,
    refusal: outcome?.problem ?? [...problems.values()].find(isOfImage),
    ending: { end, onChange: setEnd, problem: wasTried ? endProblem : undefined },
    risk: { isAcknowledged, onChange: setIsAcknowledged, isRequired: needsTick, isMissing: wasTried && isMissing },
    isWrong: wasTried && isWrong,
    isSaving,
    outcome,
    save,
  };
}
