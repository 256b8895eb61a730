import { closeAccount } from '../../functions/close-account.ts';
import { closeProject } from '../../functions/close-project.ts';
import { createAccessKey } from '../../functions/create-access-key.ts';
import { createImageFromInstance } from '../../functions/create-image-from-instance.ts';
import { deleteAccessKey } from '../../functions/delete-access-key.ts';
import { deleteAddressBookEntry } from '../../functions/delete-address-book-entry.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { deletePublicImage } from '../../functions/delete-public-image.ts';
import { importImage } from '../../functions/import-image.ts';
import { listAccessKeys } from '../../functions/list-access-keys.ts';
import { putAddressBookEntry } from '../../functions/put-address-book-entry.ts';
import { putPublicImage } from '../../functions/put-public-image.ts';
import { reinstallInstance } from '../../functions/reinstall-instance.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { saveSharedImage } from '../../functions/save-shared-image.ts';
import { setImageShares } from '../../functions/set-image-shares.ts';
import { shareImage } from '../../functions/share-image.ts';
import { startCopyJob } from '../../functions/start-copy-job.ts';
import { terminateInstance } from '../../functions/terminate-instance.ts';
import { fsck } from '../../lib/maintenance/fsck.ts';
import type { Step } from '../../lib/model/plan.ts';
import { keyOf } from '../../lib/rules/images.ts';
import type { Stored, Wanted } from '../../lib/table/store.ts';
import {
  aCopyJob,
  anAccessKey,
  anImage,
  anImageIn,
  anInstance,
  aPublicImageIn,
  aShare,
  fixtureOf,
  imageId,
  instanceId,
  noon,
  noonSeconds,
  principal,
  principals,
  region,
  regions,
  secondsFromNoon,
  sharedWith,
} from '../support/builders.ts';
import { InMemoryService } from '../support/in-memory-service.ts';
import { MemoryStore } from '../support/memory-store/memory-store.ts';

const kinds = [
  'image',
  'share',
  'count',
  'instance',
  'copy-job',
  'account',
  'project',
  'access-key',
  'address-book-entry',
  'task',
] as const satisfies readonly Stored['of'][];

/** A memory store that scans one kind of item after the other, and runs callbacks after each scanned item and after reads. */
class ChangingStore extends MemoryStore {
  order: readonly Stored['of'][] = kinds;
  afterItem: () => Promise<unknown> = async () => {};
  afterReads: (() => Promise<unknown>)[] = [];

  override async read(wanted: Wanted) {
    const facts = await super.read(wanted);
    await this.afterReads.shift()?.();
    return facts;
  }

  override async *everything() {
    for (const kind of this.order) {
      for await (const stored of super.everything()) {
        if (stored.of === kind) {
          yield stored;
          await this.afterItem();
        }
      }
    }
  }
}

const image = anImage();
const { region: homeRegion, owner } = image;
const imageWithCount: Step[] = [
  { do: 'create-image', image },
  { do: 'count', what: 'images', region: homeRegion, principal: owner, by: 1, atMost: 1 },
];

const job = aCopyJob();
const jobKey = { region: job.region, jobId: job.jobId };
const planning: Step[] = [
  ...imageWithCount,
  { do: 'change-image', key: image, owner, expect: {}, change: { plannedShares: { job: jobKey, recipients: principals(1) } } },
];

const addressBookEntry: Step = {
  do: 'create-address-book-entry',
  accountId: owner,
  entry: { principalId: principal('h01'), name: 'First' },
};

async function serviceWith(...steps: Step[]) {
  const service = await new InMemoryService().createAccounts('owner', ...principals(51));
  for (const step of steps) {
    await service.commit([step]);
  }
  const check = () => fsck({ store: service.store, regions, now: service.now });
  return { service, check };
}

describe('fsck', () => {
  it('finds nothing in a table that only the service wrote to', async () => {
    const { service, check } = await serviceWith();
    const operator = { scopes: ['operator' as const] };
    const ownImage = await service.call(importImage, { region: homeRegion, name: 'web', sizeGiB: 1 });
    await service.call(shareImage, { ...ownImage, recipients: principals(50), expiresAt: secondsFromNoon(60).toISOString() });
    const publicImage = aPublicImageIn(fixtureOf('tencent'));
    await service.call(putPublicImage, { region: homeRegion, imageId: publicImage.imageId, name: 'open', sizeGiB: 1 }, operator);
    const instance = await service.call(runInstance, { region: homeRegion, imageId: publicImage.imageId });
    await service.call(runInstance, { region: homeRegion, imageId: ownImage.imageId }, { as: 'h01' });
    await service.call(reinstallInstance, { ...instance, imageId: ownImage.imageId });
    await service.call(createImageFromInstance, { ...instance, name: 'derived' });
    await service.call(saveSharedImage, { region: homeRegion, imageId: ownImage.imageId }, { as: 'h02' });
    await service.call(terminateInstance, instance);
    await service.call(deletePublicImage, { region: homeRegion, imageId: publicImage.imageId }, operator);
    await service.call(setImageShares, { ...ownImage, recipients: principals(40).slice(10) });
    const project = await service.call(importImage, { region: 'cn-bj2', name: 'web', sizeGiB: 1 });
    await service.call(shareImage, { ...project, recipients: ['org-h01'], acknowledgeRisk: true });
    await service.call(startCopyJob, {
      ...project,
      destinations: [{ region: 'cn-bj2' }, { region: 'cn-sh2' }],
      recipients: ['org-h01'],
      acknowledgeRisk: true,
    });
    await service.call(deleteImage, project);
    await service.createAccounts('leaver');
    await service.commit([
      { do: 'close-project', projectId: principal('org-leaver') },
      { do: 'remove-project', accountId: principal('leaver'), projectId: principal('org-leaver'), wasDefault: true },
    ]);
    const { keyId } = await service.call(createAccessKey, {});
    await service.call(createAccessKey, {});
    await service.call(deleteAccessKey, { keyId });
    await service.call(createAccessKey, {}, { as: 'leaver' });
    await service.call(putAddressBookEntry, { principalId: 'h01', name: 'First' }, { as: 'leaver' });
    await service.call(putAddressBookEntry, { principalId: 'h01', name: 'First' });
    await service.call(putAddressBookEntry, { principalId: 'h02', name: 'Second' });
    await service.call(deleteAddressBookEntry, { principalId: 'h02' });
    await service.call(closeAccount, { accountId: 'leaver' }, operator);

    expect(await check()).toEqual([]);
    service.passSeconds(600);
    expect(await check()).toEqual([]);
  });

  it.each<[string, Step[]]>([
    ['count-off', [{ do: 'create-image', image }]],
    ['count-off', [{ do: 'count', what: 'images', region: homeRegion, principal: owner, by: 1, atMost: 9 }]],
    ['count-off', [{ do: 'create-instance', instance: anInstance() }]],
    ['count-off', [{ do: 'count', what: 'instances', region: homeRegion, principal: owner, by: 1 }]],
    ['projects-off', [{ do: 'correct-project-count', accountId: owner, seen: 1, openProjects: 3 }]],
    ['address-book-off', [{ do: 'count-address-book', accountId: owner, by: 1, atMost: 1 }]],
    ['address-book-off', [addressBookEntry]],
    ['access-key-left-over', [{ do: 'create-access-key', key: anAccessKey() }]],
    ['access-key-left-over', [{ do: 'create-access-key', key: anAccessKey({ account: principal('nobody') }) }]],
    ['access-key-missing', [{ do: 'list-access-key', accountId: owner, keyId: anAccessKey().keyId, atMost: 1 }]],
    ['planned-without-job', planning],
    ['planned-not-scheduled', [{ do: 'create-copy-job', job }, ...planning]],
    ['share-left-over', [...imageWithCount, { do: 'put-share', share: aShare() }]],
    ['share-left-over', [{ do: 'put-share', share: aShare({ imageId: imageId('img-nowhere0') }) }]],
    [
      'share-item-missing',
      [...imageWithCount, { do: 'change-image', key: image, owner, expect: {}, change: { entries: sharedWith(principals(1)) } }],
    ],
    [
      'expiration-not-scheduled',
      [
        ...imageWithCount,
        { do: 'put-share', share: aShare({ listed: { ...aShare().listed, endsAt: noonSeconds + 60 } }) },
        { do: 'change-image', key: image, owner, expect: {}, change: { entries: { [principal('h01')]: noonSeconds + 60 } } },
      ],
    ],
    [
      'share-item-outdated',
      [
        ...imageWithCount,
        { do: 'put-share', share: aShare({ listed: { ...aShare().listed, state: 'deprecated' } }) },
        { do: 'change-image', key: image, owner, expect: {}, change: { entries: sharedWith(principals(1)) } },
      ],
    ],
    [
      'recipient-not-open',
      [
        ...imageWithCount,
        { do: 'put-share', share: aShare({ recipient: principal('nobody') }) },
        { do: 'change-image', key: image, owner, expect: {}, change: { entries: sharedWith([principal('nobody')]) } },
      ],
    ],
    [
      'deleted-has-entries',
      [
        { do: 'create-image', image: { ...image, recipients: sharedWith(principals(1)) } },
        { do: 'change-image', key: image, owner, expect: {}, change: { details: { state: 'deleted' }, deletedAt: noon } },
      ],
    ],
  ])('finds and repairs %s', async (problem, steps) => {
    const { service, check } = await serviceWith(...steps);

    const findings = await check();

    expect(findings).toEqual([expect.objectContaining({ problem })]);
    await service.commit(findings[0]?.repair ?? []);
    expect(await check()).toEqual([]);
  });

  it('has the address book of a closed account cleaned up', async () => {
    const { service, check } = await serviceWith(addressBookEntry);
    await service.close(owner);

    const findings = await check();
    expect(findings).toEqual([expect.objectContaining({ problem: 'address-book-left-over', subject: owner })]);
    await service.commit(findings[0]?.repair ?? []);
    expect(await check()).toEqual([]);
    await service.cleanUp();

    expect((await service.contents()).filter(({ of }) => of === 'address-book-entry' || of === 'task')).toEqual([]);
  });

  describe('while the service is in use', () => {
    const alibaba = anImageIn(fixtureOf('alibaba'));
    const ucloud = fixtureOf('ucloud');
    /** What happens during the scans, in turns. Each part leaves the table without problems. */
    const traffic: readonly ((service: InMemoryService, turn: number) => Promise<unknown>)[] = [
      async (service, turn) => {
        await service.createAccounts(`new${turn}`);
        const expiresAt = secondsFromNoon(60 + turn).toISOString();
        await service.call(setImageShares, { ...keyOf(image), recipients: [`new${turn}`], acknowledgeRisk: true, expiresAt });
      },
      (service) =>
        service.call(startCopyJob, {
          ...keyOf(alibaba),
          destinations: [{ region: alibaba.region }],
          recipients: ['h01'],
          acknowledgeRisk: true,
        }),
      async (service) => {
        const withdrawn = await service.call(importImage, { region: ucloud.region, name: 'web', sizeGiB: 1 });
        await service.call(shareImage, { ...withdrawn, recipients: ['org-h01'], acknowledgeRisk: true });
        await service.call(deleteImage, withdrawn);
        await service.cleanUp();
      },
      async (service, turn) => {
        const [accountId, projectId] = [`closed${turn}`, `org-closed${turn}`];
        await service.createAccounts(accountId);
        await service.call(putAddressBookEntry, { principalId: 'h01', name: 'First' }, { as: accountId });
        await service.call(createAccessKey, {}, { as: accountId });
        await service.call(shareImage, { ...keyOf(image), recipients: [accountId], acknowledgeRisk: true });
        await service.call(closeProject, { accountId, projectId }, { scopes: ['operator'] });
        await service.call(closeAccount, { accountId }, { scopes: ['operator'] });
      },
      async (service, turn) => {
        await service.call(putAddressBookEntry, { principalId: `h${turn}`, name: 'Any' });
        await service.call(deleteAddressBookEntry, { principalId: `h${turn - traffic.length}` });
      },
      async (service) => {
        const { accessKeys } = await service.call(listAccessKeys, {});
        await Promise.all(accessKeys.map(({ keyId }) => service.call(deleteAccessKey, { keyId })));
        await service.call(createAccessKey, {});
      },
    ];

    it.each<[string, readonly Stored['of'][]]>([
      ['before', kinds],
      ['after', kinds.toReversed()],
    ])('finds nothing, if a scan reads images %s what belongs to them', async (_, order) => {
      const store = new ChangingStore();
      const service = await (await new InMemoryService(store).createAccounts('owner', ...principals(9))).putImages(
        image,
        alibaba,
      );
      let turn = 0;
      store.order = order;
      store.afterItem = async () => {
        turn += 1;
        await traffic[turn % traffic.length]?.(service, turn);
      };

      expect(await fsck({ store, regions, now: service.now })).toEqual([]);
      expect(turn).toBeGreaterThan(100);
    });

    it('finds a problem of an image that changes while it is read again', async () => {
      const store = new ChangingStore();
      const service = await new InMemoryService(store).createAccounts('owner', 'h01');
      const entries = sharedWith(principals(1));
      for (const step of [
        ...imageWithCount,
        { do: 'change-image', key: image, owner, expect: {}, change: { entries } } as const,
      ]) {
        await service.commit([step]);
      }
      const edit: Step = { do: 'change-image', key: image, owner, expect: {}, change: {}, records: { lastId: 'any', count: 1 } };
      store.afterReads = Array.from({ length: 4 }, () => () => service.commit([edit]));

      expect(await fsck({ store, regions, now: service.now })).toMatchObject([{ problem: 'share-item-missing' }]);
    });
  });

  it('reports whether images or instances are miscounted', async () => {
    const { check } = await serviceWith(
      { do: 'create-image', image },
      { do: 'create-instance', instance: anInstance() },
      { do: 'create-instance', instance: anInstance({ instanceId: instanceId('ins-2') }) },
    );

    expect((await check()).map(({ subject, detail }) => [subject, detail])).toEqual([
      [`${owner} in ${homeRegion}`, 'has 1 images and a count of 0'],
      [`${owner} in ${homeRegion}`, 'has 2 instances and a count of 0'],
    ]);
  });

  it('does not count public images, which belong to no principal', async () => {
    const { check } = await serviceWith({ do: 'create-image', image: aPublicImageIn(fixtureOf('tencent')) });

    expect(await check()).toEqual([]);
  });

  it.each<[string, Step[]]>([
    [
      'cap-exceeded',
      [
        ...imageWithCount,
        { do: 'change-image', key: image, owner, expect: {}, change: { entries: sharedWith(principals(51)) } },
        ...principals(51).map((recipient): Step => ({ do: 'put-share', share: aShare({ recipient }) })),
      ],
    ],
    [
      'owner-not-open',
      [
        { do: 'create-image', image: { ...image, owner: principal('nobody') } },
        { do: 'count', what: 'images', region: homeRegion, principal: principal('nobody'), by: 1, atMost: 1 },
      ],
    ],
    [
      'cap-exceeded',
      [
        { do: 'create-copy-job', job },
        { do: 'create-image', image: { ...image, state: 'copying', plannedShares: { job: jobKey, recipients: principals(51) } } },
        { do: 'count', what: 'images', region: homeRegion, principal: owner, by: 1 },
      ],
    ],
    ['copy-missing', [{ do: 'create-copy-job', job }]],
    [
      'region-unknown',
      [
        { do: 'create-image', image: { ...image, region: region('mars') } },
        { do: 'count', what: 'images', region: region('mars'), principal: owner, by: 1, atMost: 1 },
      ],
    ],
  ])('finds %s without repairing it', async (problem, steps) => {
    const { check } = await serviceWith(...steps);

    const findings = await check();

    expect(findings).toEqual([expect.objectContaining({ problem })]);
    expect(findings[0]?.repair).toBeUndefined();
  });
});
