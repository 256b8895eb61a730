/** The steps that schedule clean-up tasks. `dueAt` is in epoch seconds. */
import type { CopyJobKey, ImageKey, PrincipalId } from '../model/ids.ts';
import type { Step } from '../model/plan.ts';
import type { PrincipalKind } from '../model/principal.ts';
import type { CleanUpTask } from '../model/record.ts';

/** Calls have ended after this time. What they may have left undone is then cleaned up. */
export const callsInFlightSeconds = 900;

const schedule = (task: CleanUpTask): Step => ({ do: 'schedule-clean-up', task });

/** For shares that expire or whose items are left over. `ref` distinguishes tasks of an image that are due at the same time. */
export const cleanUpOfShares = (
  { region, imageId }: ImageKey,
  dueAt: number,
  { ref, recipients }: { readonly ref: string; readonly recipients: readonly PrincipalId[] },
): Step => schedule({ kind: 'shares', dueAt, ref, region, imageId, recipients });

/** For an image that is deleted while it is shared. */
export const cleanUpOfImage = ({ region, imageId }: ImageKey, dueAt: number): Step =>
  schedule({ kind: 'image', dueAt, ref: imageId, region, imageId });

/** For a job whose copies are still to be shared. */
export const cleanUpOfCopyJob = ({ region, jobId }: CopyJobKey, dueAt: number): Step =>
  schedule({ kind: 'copy-job', dueAt, ref: jobId, region, jobId });

/** For a principal that is closed. */
export const cleanUpOfPrincipal = (principal: PrincipalId, principalKind: PrincipalKind, dueAt: number): Step =>
  schedule({ kind: 'principal', dueAt, ref: principal, principal, principalKind });
