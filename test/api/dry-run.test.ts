import { createAccessKey } from '../../functions/create-access-key.ts';
import { getAccount } from '../../functions/get-account.ts';
import { getImage } from '../../functions/get-image.ts';
import { getShareAcceptance } from '../../functions/get-share-acceptance.ts';
import { getTrustedOwners } from '../../functions/get-trusted-owners.ts';
import { inspectAccount } from '../../functions/inspect-account.ts';
import { inspectProject } from '../../functions/inspect-project.ts';
import { listAccessKeys } from '../../functions/list-access-keys.ts';
import { listAddressBook } from '../../functions/list-address-book.ts';
import { listCopyJobs } from '../../functions/list-copy-jobs.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { listImages } from '../../functions/list-images.ts';
import { listInstances } from '../../functions/list-instances.ts';
import { listRecords } from '../../functions/list-records.ts';
import { putAccount } from '../../functions/put-account.ts';
import { putAddressBookEntry } from '../../functions/put-address-book-entry.ts';
import { putProject } from '../../functions/put-project.ts';
import { putPublicImage } from '../../functions/put-public-image.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { setImageShares } from '../../functions/set-image-shares.ts';
import { shareImage } from '../../functions/share-image.ts';
import { actions } from '../../scripts/actions.ts';
import {
  type Api,
  anImageOf,
  type Callable,
  type Fields,
  freshId,
  launch,
  type Member,
  share,
  testRegions,
} from '../support/client.ts';
import { compute, freshMembers, operator } from '../support/in-process.ts';

const changes = (await actions())
  .map(({ action }) => action as Callable)
  .filter((action) => action.changes)
  .map((action) => ({ name: action.name, action }));

let members: [Member, Member];

beforeAll(async () => {
  members = (await freshMembers(2)) as typeof members;
});

describe.each(testRegions)('?dryRun=true in $name', ({ region, policy }) => {
  /** The caller and valid fields for each action, by name. */
  let calls: Readonly<Record<string, { api: Api; fields: Fields }>>;
  /** Reads everything that any of these calls could change. */
  let readAll: () => Promise<unknown>;

  beforeAll(async () => {
    const [owner, recipient] = members;
    const [unshared, shared, launched, pending] = await Promise.all([
      anImageOf(owner, region),
      anImageOf(owner, region),
      anImageOf(owner, region),
      anImageOf(owner, region, { state: 'pending' }),
    ]);
    await Promise.all([shared, launched].map((image) => share(owner, image, [recipient.principalIn(policy)])));
    const { instanceId } = await launch(recipient, launched);
    const [emptyAccount, emptyProject, newAccount, newProject] = [freshId(), freshId('org-'), freshId(), freshId('org-')];
    const publicKey = { region, imageId: freshId('pub-') };
    const newPublicKey = { region, imageId: freshId('pub-') };
    const operatorApi = operator();
    await operatorApi.ok(putAccount, { accountId: emptyAccount, name: 'empty' });
    await operatorApi.ok(putProject, { accountId: owner.account, projectId: emptyProject, name: 'empty' });
    await operatorApi.ok(putPublicImage, { ...publicKey, name: 'base', sizeGiB: 1 });

    const { keyId } = await owner.ok(createAccessKey);
    await owner.ok(putAddressBookEntry, { principalId: 'named', name: 'Named' });

    const sharedKey = { region, imageId: shared.imageId };
    const instanceKey = { region, instanceId };
    const project = { accountId: owner.account, projectId: emptyProject };
    calls = {
      ChangeImageShares: { api: owner, fields: { ...sharedKey, remove: [recipient.principalIn(policy)] } },
      CancelImageShares: { api: owner, fields: { ...sharedKey, all: true } },
      CloseAccount: { api: operatorApi, fields: { accountId: emptyAccount } },
      CloseProject: { api: operatorApi, fields: project },
      CreateAccessKey: { api: owner, fields: {} },
      CopyImage: { api: owner, fields: { ...sharedKey, destinationRegion: region } },
      CreateImageFromInstance: { api: recipient, fields: { ...instanceKey, name: 'mine' } },
      DeleteAddressBookEntry: { api: owner, fields: { principalId: 'named' } },
      DeleteAccessKey: { api: owner, fields: { keyId } },
      DeleteImage: { api: owner, fields: { region, imageId: unshared.imageId } },
      DeletePublicImage: { api: operatorApi, fields: publicKey },
      ImportImage: { api: owner, fields: { region, name: 'a', sizeGiB: 1 } },
      LeaveSharedImages: { api: recipient, fields: { owner: owner.principalIn(policy), regions: [region] } },
      PutAccount: { api: operatorApi, fields: { accountId: newAccount, name: 'new' } },
      PutAddressBookEntry: { api: owner, fields: { principalId: 'new', name: 'New' } },
      PutProject: { api: operatorApi, fields: { accountId: owner.account, projectId: newProject, name: 'new', default: true } },
      PutPublicImage: { api: operatorApi, fields: { ...newPublicKey, name: 'base', sizeGiB: 1 } },
      PutShareAcceptance: { api: recipient, fields: { from: 'trusted', blockedOwners: [owner.principalIn(policy)] } },
      PutTrustedOwners: { api: recipient, fields: { owners: [owner.principalIn(policy)] } },
      ReinitializeInstance: { api: recipient, fields: instanceKey },
      ReinstallInstance: { api: recipient, fields: { ...instanceKey, imageId: shared.imageId } },
      ReportImageState: { api: compute(), fields: { region, imageId: pending.imageId, state: 'available' } },
      RunInstance: { api: recipient, fields: sharedKey },
      SaveSharedImage: { api: recipient, fields: sharedKey },
      SetImageShares: { api: owner, fields: { ...sharedKey, recipients: [] } },
      ShareImage: {
        api: owner,
        fields: { region, imageId: unshared.imageId, recipients: [recipient.principalIn(policy)], acknowledgeRisk: true },
      },
      StartCopyJob: {
        api: owner,
        fields: {
          ...sharedKey,
          destinations: [{ region }],
          recipients: [recipient.principalIn(policy)],
          acknowledgeRisk: true,
        },
      },
      StopShares: { api: owner, fields: { recipient: recipient.principalIn(policy), regions: [region] } },
      TerminateInstance: { api: recipient, fields: instanceKey },
      UpdateAccessKey: { api: owner, fields: { keyId, state: 'disabled' } },
      UpdateImage: { api: owner, fields: { ...sharedKey, name: 'new', deprecated: false } },
    };

    // Recipients get their records asynchronously; the owner's are written with the change.
    readAll = () =>
      Promise.all([
        ...members.flatMap((member) => [
          member.ok(listImages, { region, limit: 100 }),
          member.ok(listInstances, { region, limit: 100 }),
          member.ok(listCopyJobs, { region, limit: 100 }),
          member.ok(getAccount),
          member.ok(getShareAcceptance),
          member.ok(getTrustedOwners),
          member.ok(listAccessKeys),
          member.ok(listAddressBook),
        ]),
        owner.ok(listRecords, { region, limit: 100 }),
        owner.ok(listImageShares, sharedKey),
        owner.ok(listImageShares, { region, imageId: unshared.imageId }),
        owner.ok(getImage, publicKey),
        owner.refused(getImage, newPublicKey).then(({ code }) => code),
        operatorApi.ok(inspectAccount, { accountId: emptyAccount }),
        operatorApi.ok(inspectProject, project),
        operatorApi.refused(inspectAccount, { accountId: newAccount }).then(({ code }) => code),
        operatorApi.refused(inspectProject, { ...project, projectId: newProject }).then(({ code }) => code),
      ]);
  });

  it('reports that every change would succeed, and does nothing', async () => {
    const before = await readAll();

    for (const { name, action } of changes) {
      const { api, fields } = calls[name] as { api: Api; fields: Fields };
      const response = await api.try(action, { ...fields, dryRun: 'true' });
      expect({ name, status: response.status, text: response.text, etag: response.headers.get('etag') }).toEqual({
        name,
        status: 200,
        text: action.previews
          ? expect.stringMatching(/^{"dryRun":true,"allowed":true,"(recipient|owner)":.*"complete":true}$/)
          : '{"dryRun":true,"allowed":true}',
        etag: null,
      });
    }

    expect(await readAll()).toEqual(before);
  });
});

describe('?dryRun=true', () => {
  const { region } = testRegions[0] as (typeof testRegions)[number];

  it('is refused like the call itself', async () => {
    const [owner, recipient] = members;
    const { imageId } = await anImageOf(owner, region);
    const nobody = freshId('nobody');
    const calls: [Member, Callable, Fields][] = [
      [owner, shareImage, { region, imageId, recipients: [nobody] }],
      [owner, setImageShares, { region, imageId, recipients: [nobody, owner.account] }],
      [recipient, runInstance, { region, imageId }],
      [owner, runInstance, { region, imageId, product: 'lightweight' }],
    ];

    for (const [api, action, fields] of calls) {
      const { requestId: _, ...refusal } = await api.refused(action, fields);
      expect(await api.refused(action, { ...fields, dryRun: 'true' })).toMatchObject(refusal);
    }
  });
});
