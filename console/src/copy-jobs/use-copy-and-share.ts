import { useState } from 'react';
import { type Image, type RequestBody, unwrap } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { useChange } from '../api/use-change.ts';
import { isName } from '../components/name-limits.ts';
import { useRegionOptions } from '../frame/use-region-options.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { outcomeOf } from '../sharing/calls.ts';
import { expirationErrorOf, expiresAtOf, noExpiration } from '../sharing/expiration.ts';
import { useRecentRecipients } from '../sharing/recent-recipients.ts';
import { addIds, formProblemOf, idsIn, idsPerCallMax, issuesOf, noIds } from '../sharing/recipient-ids.ts';
import { concernsImage, useDryRun, violationsIn } from '../sharing/use-dry-run.ts';
import type { Blocker } from '../sharing/use-sharing.ts';
import type { CopyJob } from './states.tsx';

/** The limit of the service. */
export const regionsMax = 10;

type Body = RequestBody<'StartCopyJob'>;

/** State of the dialog that copies an image to regions and shares it there. Calls `onStarted` with the job. */
export function useCopyAndShare(image: Image, onStarted: (job: CopyJob) => void) {
  const { api } = useSession();
  const { account, region, query } = useWorkspace();
  const recent = useRecentRecipients(account.accountId, region.principalKind);
  const [name, setName] = useState(image.name);
  const options = useRegionOptions(image.region);
  const [chosen, setChosen] = useState<readonly string[]>(options.length === 1 ? options.map(({ value }) => value) : []);
  const [project, setProject] = useState<string>(image.owner);
  const [entered, setEntered] = useState(noIds);
  const [typed, setTyped] = useState('');
  const [expiration, setExpiration] = useState(noExpiration);
  const [isAcknowledged, setIsAcknowledged] = useState(false);
  const [wasSubmitted, setWasSubmitted] = useState(false);

  const path = { region: image.region, imageId: image.imageId };
  const destinations = chosen.map((one) => ({ region: one, ...(project !== image.owner && { project }) }));
  const checked = entered.ids.filter((id) => formProblemOf(id) === undefined && id !== project).slice(0, idsPerCallMax);
  const canCheck = checked.length > 0 && chosen.length > 0 && chosen.length <= regionsMax;
  const { problems, isChecking } = useDryRun(
    canCheck ? ['copy-job', image.imageId, destinations, checked] : undefined,
    async () => {
      const params = { path, query: { ...query, dryRun: 'true' as const } };
      const body: Body = { destinations, recipients: checked, acknowledgeRisk: true };
      const { problem } = await outcomeOf(unwrap(api.POST('/v1/regions/{region}/images/{imageId}/copy-jobs', { params, body })));
      return new Map(problem === undefined ? [] : [[image.imageId, problem]]);
    },
  );
  const problem = problems.get(image.imageId);
  const issues = (ids: typeof entered) =>
    issuesOf(ids, { owners: [project], recipients: [], violations: violationsIn(problems.values()) });
  const blockerOf = (ids: typeof entered): Exclude<Blocker, 'overLimit'> =>
    ids.ids.length === 0
      ? 'empty'
      : [...issues(ids).values()].some(({ isError }) => isError)
        ? 'invalid'
        : ids.ids.length > idsPerCallMax
          ? 'tooMany'
          : undefined;
  const isMissing = region.riskAcknowledgement === 'required' && !isAcknowledged;

  const change = useChange({
    send: (header, body: Body) =>
      unwrap(api.POST('/v1/regions/{region}/images/{imageId}/copy-jobs', { params: { path, query, header }, body })),
    changes: [keys.images, keys.account, keys.copyJobs],
    onSuccess: (job) => {
      recent.add(entered.ids);
      onStarted(job);
    },
  });

  /** Includes an ID that is typed but not yet confirmed. */
  const submit = () => {
    const all = addIds(entered, idsIn(typed));
    setEntered(all);
    setTyped('');
    setWasSubmitted(true);
    const isComplete = isName(name) && chosen.length > 0 && chosen.length <= regionsMax && !isMissing;
    if (isComplete && blockerOf(all) === undefined && expirationErrorOf(expiration, new Date()) === undefined) {
      const body = { destinations, recipients: [...all.ids], acknowledgeRisk: isAcknowledged, ...expiresAtOf(expiration) };
      change.mutate({ ...body, ...(name !== image.name && { name }) });
    }
  };

  return {
    change,
    submit,
    name: { value: name, onChange: setName, isSubmitted: wasSubmitted },
    regions: { options, chosen, onChange: setChosen, wasSubmitted },
    project: { value: project, onChange: setProject },
    recipients: {
      entered,
      typed,
      issues: issues(entered),
      isChecking,
      isChecked: canCheck && !isChecking && problem === undefined,
      recent: recent.recent,
      onClearRecent: recent.clear,
      onEnter: setEntered,
      onType: setTyped,
    },
    blocker: wasSubmitted ? blockerOf(entered) : undefined,
    /** What the service says about the copies, such as a full quota. */
    forecast: problem !== undefined && concernsImage(problem) ? problem : undefined,
    expirationField: {
      expiration,
      onChange: setExpiration,
      problem: wasSubmitted || expiration.date !== '' ? expirationErrorOf(expiration, new Date()) : undefined,
    },
    riskField: { isAcknowledged, onChange: setIsAcknowledged, isMissing: wasSubmitted && isMissing },
  };
}
