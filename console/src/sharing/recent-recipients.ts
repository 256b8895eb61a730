import { useCallback, useState } from 'react';
import { keep, kept } from '../parts/kept.ts';

const keptMax = 20;
const keyOf = (account: string, holderKind: string) => `image-sharing-recent-recipients:${account}:${holderKind}`;

function keptIds(key: string): readonly string[] {
  const found = kept(key);
  return Array.isArray(found) ? found.filter((id) => typeof id === 'string') : [];
}

interface RecentRecipients {
  /** Newest first. */
  readonly recent: readonly string[];
  readonly remember: (ids: readonly string[]) => void;
  readonly forgetAll: () => void;
}

/** With whom this account shared last from this browser; accounts and projects are kept apart. */
export function useRecentRecipients(account: string, holderKind: string): RecentRecipients {
  const key = keyOf(account, holderKind);
  const [recent, setRecent] = useState(() => keptIds(key));
  const replace = useCallback(
    (ids: readonly string[]) => {
      keep(key, ids);
      setRecent(ids);
    },
    [key],
  );
  const remember = useCallback(
    (ids: readonly string[]) => replace([...new Set([...ids, ...keptIds(key)])].slice(0, keptMax)),
    [key, replace],
  );
  const forgetAll = useCallback(() => replace([]), [replace]);
  return { recent, remember, forgetAll };
}
