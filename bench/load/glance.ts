import { operationNames as names } from './operations.ts';

/**
 * Requests per second of OpenStack Glance, with 1 caller and with 16, and how many times as many this service should make with 16.
 * The figures are only comparable with a run on the same kind of machine.
 */
export const glance = {
  source:
    'OpenStack Glance 25.1 as packaged by Debian, two eventlet workers, MariaDB with durable commits, without token checks; 2 cores of an AMD EPYC; measured on 2026-11-26',
  figures: {
    // Glance needs two requests.
    [names.create]: { perSecond: [9.6, 19.1], goal: 10 },
    [names.share]: { perSecond: [28.5, 57.4], goal: 5 },
    [names.listRecipients]: { perSecond: [17.5, 31], goal: 10 },
    [names.get]: { perSecond: [54, 133], goal: 6 },
    // The same request as the one before.
    [names.check]: { perSecond: [54, 133], goal: 6 },
    // In pages of 200 images, as pages of 100.
    [names.page100]: { perSecond: [11.2, 18.2], goal: 8 },
    [names.page25]: { perSecond: [24.6, 48], goal: 8 },
    [names.cancel]: { perSecond: [29.3, 66.4], goal: 5 },
    [names.delete]: { perSecond: [17.6, 20.5], goal: 10 },
  } as Readonly<Record<string, { readonly perSecond: readonly [number, number]; readonly goal: number }>>,
} as const;
