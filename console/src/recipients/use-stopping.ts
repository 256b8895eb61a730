import { useState } from 'react';
import { type Schemas, unwrap } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { useCalls } from '../api/use-change.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';

type Result = Pick<Schemas['StoppedShares'], 'failed' | 'complete'>;

/**
 * Stops all sharing with a recipient, with as many calls as it takes. `done` is the number of images so far, including those of
 * earlier attempts. Calls `onStopped` once nothing is left.
 */
export function useStopping(recipient: string, onStopped: (count: number) => void) {
  const { api } = useSession();
  const { query } = useWorkspace();
  const [done, setDone] = useState(0);
  return {
    done,
    ...useCalls({
      run: async ({ once }): Promise<Result & { readonly count: number }> => {
        for (let count = done; ; ) {
          const { stopped, failed, complete } = await once(recipient, [], (header) =>
            unwrap(api.POST('/v1/shares/stop', { params: { query, header }, body: { recipient } })),
          );
          count += stopped.length;
          setDone(count);
          if (complete || stopped.length === 0) {
            return { count, failed, complete };
          }
        }
      },
      changes: [keys.images],
      onSuccess: ({ count, failed, complete }) => {
        if (complete && failed.length === 0) {
          onStopped(count);
        }
      },
    }),
  };
}
