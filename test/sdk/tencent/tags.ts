/** Calls of the tag service, and how it describes images and tags. */
import { region } from './calls.ts';
import type { ActionResponse, Caller } from './calls-in-process.ts';

/** Calls the tag service without a region: resources name their region. */
export const tagCall = (caller: Caller, action: string, parameters: object): Promise<ActionResponse> =>
  caller.call(action, parameters, { product: 'tag', region: '' });

/** As Terraform describes an image: without the account. */
export const resourceOf = (imageId: string, { in: inRegion = region, uin = '' } = {}) =>
  `qcs::cvm:${inRegion}:uin/${uin}:image/${imageId}`;

/** As the tag service lists tags. */
export const tagList = (tags: Readonly<Record<string, string>>) =>
  Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
