import { useCallback, useState } from 'react';
import { readLocal, writeLocal } from '../components/local-storage.ts';

const storedMax = 20;
const keyOf = (account: string, principalKind: string) => `image-sharing-recent-recipients:${account}:${principalKind}`;

function storedIds(key: string): readonly string[] {
  const found = readLocal(key);
  return Array.isArray(found) ? found.filter((id) => typeof id === 'string') : [];
}

interface RecentRecipients {
  /** Newest first. */
  readonly recent: readonly string[];
  readonly add: (ids: readonly string[]) => void;
  readonly clear: () => void;
}

/** Stored per account and per principal kind, in this browser only. */
export function useRecentRecipients(account: string, principalKind: string): RecentRecipients {
  const key = keyOf(account, principalKind);
  const [recent, setRecent] = useState(() => storedIds(key));
  const replace = useCallback(
    (ids: readonly string[]) => {
      writeLocal(key, ids);
      setRecent(ids);
    },
    [key],
  );
  const add = useCallback(
    (ids: readonly string[]) => replace([...new Set([...ids, ...storedIds(key)])].slice(0, storedMax)),
    [key, replace],
  );
  const clear = useCallback(() => replace([]), [replace]);
  return { recent, add, clear };
}
