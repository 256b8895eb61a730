import { useMemo } from 'react';
import { type Image, type Schemas, unwrap } from '../api/client.ts';
import type { Once } from '../api/idempotency.ts';
import { type Problem, problemOf } from '../api/problem.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';

export interface Sharing {
  readonly recipients: readonly string[];
  readonly acknowledgeRisk: boolean;
  /** Null removes the expiration. If absent, existing recipients keep theirs and new ones don't expire. */
  readonly expiresAt?: string | null;
}

export interface SharesChange extends Omit<Sharing, 'recipients'> {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

export type Shares = Schemas['Shares'];

export type Outcome<Result> =
  | { readonly result: Result; readonly problem?: undefined }
  | { readonly result?: undefined; readonly problem: Problem };

export async function outcomeOf<Result>(call: Promise<Result>): Promise<Outcome<Result>> {
  try {
    return { result: await call };
  } catch (failure) {
    return { problem: problemOf(failure) };
  }
}

const callsAtOnceMax = 4;

/** Runs a few calls in parallel. Returns the outcomes by image ID. */
export async function forEachImage<Result>(
  images: readonly Image[],
  call: (image: Image) => Promise<Result>,
): Promise<ReadonlyMap<string, Outcome<Result>>> {
  const outcomes = new Map<string, Outcome<Result>>();
  const left = images.values();
  const work = async () => {
    for (const image of left) {
      outcomes.set(image.imageId, await outcomeOf(call(image)));
    }
  };
  await Promise.all(Array.from({ length: callsAtOnceMax }, work));
  return outcomes;
}

/** Leaves out the images whose call failed. */
export const resultsOf = <Result>(outcomes: ReadonlyMap<string, Outcome<Result>>): ReadonlyMap<string, Result> =>
  new Map([...outcomes].flatMap(([id, { result }]) => (result === undefined ? [] : [[id, result] as const])));

/** Leaves out the images whose call succeeded. */
export const problemsOf = (outcomes: ReadonlyMap<string, Outcome<unknown>>): ReadonlyMap<string, Problem> =>
  new Map([...outcomes].flatMap(([id, { problem }]) => (problem === undefined ? [] : [[id, problem] as const])));

const sharesPath = '/v1/regions/{region}/images/{imageId}/shares';
const imagePath = '/v1/regions/{region}/images/{imageId}';

/** API calls of the dialogs. Those that change something are made through `once`. */
export function useShareCalls() {
  const { api } = useSession();
  const { query } = useWorkspace();
  return useMemo(() => {
    const pathOf = ({ region, imageId }: Image) => ({ region, imageId });
    const bodyOf = (sharing: Sharing) => ({ ...sharing, recipients: [...sharing.recipients] });
    const changeOf = (change: SharesChange) => ({ ...change, add: [...change.add], remove: [...change.remove] });
    const dry = { ...query, dryRun: 'true' as const };
    const revisionOf = ({ revision }: Image) => ({ 'If-Match': `"${revision}"` });
    return {
      readImage: (image: Image) => unwrap(api.GET(imagePath, { params: { path: pathOf(image), query } })),
      list: (image: Image): Promise<Shares> => unwrap(api.GET(sharesPath, { params: { path: pathOf(image), query } })),
      share: (once: Once, image: Image, sharing: Sharing) =>
        once(`share ${image.imageId}`, sharing, (header) =>
          unwrap(api.POST(sharesPath, { params: { path: pathOf(image), query, header }, body: bodyOf(sharing) })),
        ),
      wouldShare: (image: Image, sharing: Sharing) =>
        unwrap(api.POST(sharesPath, { params: { path: pathOf(image), query: dry }, body: bodyOf(sharing) })),
      change: (once: Once, image: Image, change: SharesChange) =>
        once(`change ${image.imageId}`, change, (header) =>
          unwrap(api.PATCH(sharesPath, { params: { path: pathOf(image), query, header }, body: changeOf(change) })),
        ),
      wouldChange: (image: Image, change: SharesChange) =>
        unwrap(api.PATCH(sharesPath, { params: { path: pathOf(image), query: dry }, body: changeOf(change) })),
      cancel: (once: Once, image: Image, whose: readonly string[] | 'all') =>
        once(`cancel ${image.imageId}`, whose, (header) =>
          unwrap(
            api.DELETE(sharesPath, {
              params: {
                path: pathOf(image),
                query: { ...query, ...(whose === 'all' ? { all: 'true' as const } : { recipient: [...whose] }) },
                header,
              },
            }),
          ),
        ),
      remove: (once: Once, image: Image) =>
        once(`remove ${image.imageId}`, image.revision, (header) =>
          unwrap(api.DELETE(imagePath, { params: { path: pathOf(image), query, header: { ...header, ...revisionOf(image) } } })),
        ),
      wouldRemove: (image: Image) =>
        unwrap(api.DELETE(imagePath, { params: { path: pathOf(image), query: dry, header: revisionOf(image) } })),
    };
  }, [api, query]);
}

export type ShareCalls = ReturnType<typeof useShareCalls>;
