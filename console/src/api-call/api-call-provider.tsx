import { lazy, Suspense, useState } from 'react';
import { ApiCallContext } from './api-call-context.ts';
import type { HttpCall } from './preview.ts';

const ApiCallDialog = lazy(() => import('./api-call-dialog.tsx'));

/** Shows the calls of dialogs. */
export function ApiCallProvider({ children }: { children: React.ReactNode }) {
  const [calls, setCalls] = useState<readonly HttpCall[]>();
  return (
    <ApiCallContext value={setCalls}>
      {children}
      <Suspense>{calls && <ApiCallDialog calls={calls} onClose={() => setCalls(undefined)} />}</Suspense>
    </ApiCallContext>
  );
}
