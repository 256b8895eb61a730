/** New accounts of the service in this process, with clients for UCloud's API. */
import { reportImageState } from '../../../functions/report-image-state.ts';
import { compute, fetchInProcess, freshMembers } from '../../support/in-process.ts';
import { keyOf } from '../keys.ts';
import { Client } from './client.ts';

export const region = 'cn-bj2';
/** Another region of UCloud. */
export const otherRegion = 'cn-sh2';

export async function freshSigners(count: number) {
  const signers = [];
  for (const member of await freshMembers(count)) {
    const client = new Client(fetchInProcess, await keyOf(member), { Region: region });
    signers.push({ member, project: member.project as string, client });
  }
  return signers;
}
export type Signer = Awaited<ReturnType<typeof freshSigners>>[number];

export const newImage = {
  ImageName: 'web',
  UFileUrl: 'https://bucket.cn-bj.ufileos.com/web.raw',
  OsType: 'CentOS',
  OsName: 'CentOS 7.9 64位',
  Format: 'RAW',
  Auth: true,
};

/** Imports an image and returns its id. */
export const anImage = async ({ client }: Signer, parameters: Record<string, unknown> = {}): Promise<string> =>
  (await client.ok('ImportCustomImage', { ...newImage, ...parameters }))['ImageId'] as string;

/** Launches a host and returns its id. */
export async function aHost({ client }: Signer, parameters: Record<string, unknown>): Promise<string> {
  const { UHostIds } = await client.ok('CreateUHostInstance', { Zone: `${region}-02`, LoginMode: 'Password', ...parameters });
  return (UHostIds as [string])[0];
}

export const makeAvailable = (imageId: unknown, inRegion = region) =>
  compute().ok(reportImageState, { region: inRegion, imageId, state: 'available' });

/** Returns the values of a field in a list of a response. */
export const valuesIn = (entries: unknown, name: string): unknown[] =>
  (entries as Record<string, unknown>[]).map((entry) => entry[name]);
