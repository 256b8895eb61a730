/** The calls that the checks are made of. All work on the first image. */

import type { Call } from './call.ts';
import { accounts } from './calls.ts';

export const on = { by: 'owner', image: 0 } as const;
export const share = (to: readonly string[], ends?: number): Call => ({ do: 'share', ...on, to, ends, acknowledges: true });
export const setList = (to: readonly string[]): Call => ({ do: 'set', ...on, to, ends: undefined, acknowledges: true });
export const stop = (remove: readonly string[]): Call => ({ do: 'stop', ...on, remove });
export const copy: Call = { do: 'copy', ...on, region: 0 };
export const importImage: Call = { do: 'import', by: 'owner', state: 'available' };

/** What everyone sees. */
export const views: readonly Call[] = [
  { do: 'shares', ...on },
  { do: 'get', ...on },
  ...accounts.slice(1).map((by): Call => ({ do: 'check', by, image: 0 })),
  { do: 'list', by: 'owner', region: 0 },
  { do: 'list', by: 'a', region: 0 },
];
