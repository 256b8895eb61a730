import { useCallback, useState } from 'react';

const keptMax = 20;
const keyOf = (account: string, holderKind: string) => `image-sharing-recent-recipients:${account}:${holderKind}`;

function kept(key: string): readonly string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(found) ? found.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

/** A browser that keeps nothing only makes the list shorter. */
function keep(key: string, ids: readonly string[]): void {
  try {
    localStorage.setItem(key, JSON.stringify(ids));
  } catch {
    // Nothing depends on it.
  }
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
  const [recent, setRecent] = useState(() => kept(key));
  const replace = useCallback(
    (ids: readonly string[]) => {
      keep(key, ids);
      setRecent(ids);
    },
    [key],
  );
  const remember = useCallback(
    (ids: readonly string[]) => replace([...new Set([...ids, ...kept(key)])].slice(0, keptMax)),
    [key, replace],
  );
  const forgetAll = useCallback(() => replace([]), [replace]);
  return { recent, remember, forgetAll };
}
