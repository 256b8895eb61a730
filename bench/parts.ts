import type { Part } from './part.ts';

/** The parts of `npm run bench`, in the order in which they run. Each is loaded when it runs. */
export const parts: Readonly<Record<string, () => Promise<Part>>> = {
  actions: async () => (await import('./actions.ts')).actions,
  http: async () => (await import('./http.ts')).http,
  costs: async () => (await import('./costs.ts')).costs,
  growth: async () => (await import('./growth.ts')).growth,
  start: async () => (await import('./start.ts')).start,
  memory: async () => (await import('./memory.ts')).memory,
};
