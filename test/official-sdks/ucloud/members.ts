/** New accounts with clients for UCloud's API. */
import { reportImageState } from '../../../functions/report-image-state.ts';
import { keyOf } from '../../sdk/keys.ts';
import { Client } from '../../sdk/ucloud/client.ts';
import { compute, fetchFromService, freshMembers } from '../../support/api.ts';
import { inBatches, type Member } from '../../support/client.ts';

export const region = 'cn-bj2';
/** Another region of UCloud. */
export const otherRegion = 'cn-sh2';

/** A member with a client that signs with its key. */
export interface Signer {
  readonly member: Member;
  readonly project: string;
  readonly client: Client;
}

export async function freshSigners(count: number): Promise<Signer[]> {
  const signers: Signer[] = [];
  await inBatches(await freshMembers(count), async (member) => {
    const client = new Client(fetchFromService, await keyOf(member), { Region: region });
    signers.push({ member, project: member.project, client });
  });
  return signers;
}

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

export const makeAvailable = (imageId: unknown, inRegion = region) =>
  compute().ok(reportImageState, { region: inRegion, imageId, state: 'available' });

/** Returns the values of a field in a list of a response. */
export const idsIn = (entries: unknown, name: string): unknown[] =>
  (entries as Record<string, unknown>[]).map((entry) => entry[name]);
