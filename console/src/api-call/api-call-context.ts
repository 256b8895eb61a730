import { createContext } from 'react';
import type { HttpCall } from './preview.ts';

/** Opens the dialog that shows calls. Undefined outside a workspace, where there are none. */
export const ApiCallContext = createContext<((calls: readonly HttpCall[]) => void) | undefined>(undefined);
