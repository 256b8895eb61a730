import { createContext } from 'react';
import type { HttpCall } from './preview.ts';

/** Shows calls. Undefined where there is no workspace, so no calls to show. */
export const ApiCallContext = createContext<((calls: readonly HttpCall[]) => void) | undefined>(undefined);
