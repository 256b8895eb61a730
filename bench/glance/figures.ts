import { operationNames as names } from '../load/operations.ts';

/** How many times as many requests per second as Glance this service should make with 16 callers. */
export const glanceGoals: Readonly<Record<string, number>> = {
  [names.create]: 10,
  [names.share]: 5,
  [names.listRecipients]: 10,
  [names.get]: 6,
  [names.check]: 6,
  [names.page100]: 8,
  [names.page25]: 8,
  [names.cancel]: 5,
  [names.delete]: 10,
};

/** Requests per second of Glance, by the number of callers, for machines on which it isn't installed. */
export const recordedGlance: Readonly<Record<string, Readonly<Record<1 | 16, number>>>> = {
  [names.create]: { 1: 9.6, 16: 19.1 },
  [names.share]: { 1: 28.5, 16: 57.4 },
  [names.listRecipients]: { 1: 17.5, 16: 31 },
  [names.get]: { 1: 54, 16: 133 },
  [names.check]: { 1: 54, 16: 133 },
  [names.page100]: { 1: 11.2, 16: 18.2 },
  [names.page25]: { 1: 24.6, 16: 48 },
  [names.cancel]: { 1: 29.3, 16: 66.4 },
  [names.delete]: { 1: 17.6, 16: 20.5 },
};

export const recordedOn = '2 cores of an AMD EPYC on 2026-11-26';
