/** Fresh accounts that call UCloud's API with keys of their own. */
import { reportImageState } from '../../../functions/report-image-state.ts';
import { keyOf } from '../../sdk/keys.ts';
import { compute, freshMembers } from '../../support/api.ts';
import { inBatches, type Member } from '../../support/client.ts';
import { Client } from './client.ts';

export const region = 'cn-bj2';
/** Another region of UCloud's. */
export const elsewhere = 'cn-sh2';

/** A member with the client that signs in its name. */
export interface Signer {
  readonly member: Member;
  readonly project: string;
  readonly client: Client;
}

export async function freshSigners(count: number): Promise<Signer[]> {
  const signers: Signer[] = [];
  await inBatches(await freshMembers(count), async (member) => {
    const client = new Client(await keyOf(member), { Region: region });
    signers.push({ member, project: member.project, client });
  });
  return signers;
}

export const imported = {
  ImageName: 'web',
  UFileUrl: 'https://bucket.cn-bj.ufileos.com/web.raw',
  OsType: 'CentOS',
  OsName: 'CentOS 7.9 64位',
  Format: 'RAW',
  Auth: true,
};

/** Imports an image and gives its id. */
export const anImage = async ({ client }: Signer, parameters: Record<string, unknown> = {}): Promise<string> =>
  (await client.ok('ImportCustomImage', { ...imported, ...parameters }))['ImageId'] as string;

export const makeAvailable = (imageId: unknown, inRegion = region) =>
  compute().ok(reportImageState, { region: inRegion, imageId, state: 'available' });

/** The ids in an answer's list, in their order. */
export const idsIn = (entries: unknown, name: string): unknown[] =>
  (entries as Record<string, unknown>[]).map((entry) => entry[name]);
