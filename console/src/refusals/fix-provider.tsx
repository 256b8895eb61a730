import { lazy, Suspense, useCallback, useState } from 'react';
import { FixContext, type OpenFix } from './fix-context.ts';

const FixDialog = lazy(() => import('./fix-dialog.tsx'));

/** Shows the dialogs that fix refusals. They aren't inside the form that was refused, so they can't submit it. */
export function FixProvider({ children }: { children: React.ReactNode }) {
  const [open, setOpen] = useState<OpenFix>();
  const close = useCallback(() => setOpen(undefined), []);
  return (
    <FixContext value={setOpen}>
      {children}
      <Suspense>{open && <FixDialog open={open} onClose={close} />}</Suspense>
    </FixContext>
  );
}
