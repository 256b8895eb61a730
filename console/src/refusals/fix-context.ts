import { createContext, useContext } from 'react';
import type { Fix, ImageRef } from './fixes.ts';

/** The dialog that fixes a refusal. */
export interface OpenFix {
  readonly dialog: Extract<Fix, { readonly dialog: unknown }>['dialog'];
  readonly image: ImageRef;
}

export const FixContext = createContext<(open: OpenFix) => void>(() => {});

export const useOpenFix = (): ((open: OpenFix) => void) => useContext(FixContext);
