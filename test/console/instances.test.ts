import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { getInstance } from '../../functions/get-instance.ts';
import { listImages } from '../../functions/list-images.ts';
import { listInstances } from '../../functions/list-instances.ts';
import { freshMembers } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { anImageOf, type Member, share } from '../support/client.ts';
import { choose, dialogOf, press, sees, selectRows } from '../support/console.ts';

const region = 'ap-guangzhou';
let owner: Member;
let holder: Member;

beforeAll(async () => {
  [owner, holder] = (await freshMembers(2)) as [Member, Member];
});

describe('instances', () => {
  it('are launched, reinstalled, made into images and terminated; what an ended share bars is said with the rule', async () => {
    const shared = await anImageOf(owner, region, { name: 'shared-base', os: 'Debian 12' });
    const own = await anImageOf(holder, region, { name: 'own-base', os: 'Ubuntu 24.04' });
    await share(owner, shared, [holder.account]);
    const page = await openConsole({ account: holder.account, path: '/instances', heading: 'Instances' });
    await sees(page, 'You have no instance in this region.');

    await press(page, 'Launch');
    const launching = dialogOf(page, 'Launch an instance');
    await press(launching, 'Launch');
    await sees(launching, 'Choose an image.');
    await launching.getByLabel('Image', { exact: true }).fill('shared-ba');
    await page.getByRole('option', { name: /shared-base/ }).click();
    await sees(launching, `${owner.account} shares this image.`);
    await press(launching, 'Launch');
    await sees(page, `was made from ${shared.imageId}.`);
    const [instance] = (await holder.ok(listInstances, { region })).instances;
    const instanceId = instance?.instanceId ?? '';
    const now = () => holder.ok(getInstance, { region, instanceId });
    expect(await now()).toMatchObject({ imageId: shared.imageId, state: 'running' });

    await owner.ok(cancelImageShares, { region, imageId: shared.imageId, all: 'true' });
    await selectRows(page, `Select instance ${instanceId}`);
    await choose(page, 'Actions', 'Re-initialise');
    const again = dialogOf(page, 'Re-initialise the instance?');
    await sees(again, 'Where that image is gone or no longer shared with you, this is refused.');
    await press(again, 'Re-initialise');
    await sees(again, 'The image cannot be used in this way');
    await sees(again, `Image ${shared.imageId}, from which instance ${instanceId} was made, is not shared with you any more.`);
    await sees(again, "Use another image, or ask the image's owner to share it again.");
    expect(await again.getByRole('link', { name: 'cancel.instances-live' }).getAttribute('href')).toBe(
      '/v1/docs/errors#cancel.instances-live',
    );
    await sees(again, /Request id: [0-9a-f-]{36}/);
    await press(again, 'Cancel');

    await choose(page, 'Actions', 'Reinstall');
    const reinstalling = dialogOf(page, 'Reinstall with another image');
    await sees(reinstalling, 'Everything on the system disk is lost. Data disks stay.');
    await reinstalling.getByLabel('Image', { exact: true }).fill(own.imageId);
    await sees(reinstalling, 'own-base (Own images)');
    await press(reinstalling, 'Reinstall');
    await sees(page, `Instance ${instanceId} was reinstalled with ${own.imageId}.`);
    expect(await now()).toMatchObject({ imageId: own.imageId });
    await page.getByRole('row').getByRole('link', { name: own.imageId }).waitFor();

    await choose(page, 'Actions', 'Re-initialise');
    await press(again, 'Re-initialise');
    await sees(page, `Instance ${instanceId} was re-initialised from ${own.imageId}.`);

    await choose(page, 'Actions', 'Make image');
    const making = dialogOf(page, 'Make an image of the instance');
    await making.getByLabel('Name').fill('made-of-it');
    await press(making, 'Make image');
    await sees(page, 'made-of-it is being made as');
    expect((await holder.ok(listImages, { region, name: 'made-of-it' })).images).toMatchObject([{ state: 'pending' }]);

    await choose(page, 'Actions', 'Terminate');
    const ending = dialogOf(page, 'Terminate the instance?');
    await sees(ending, 'The instance and its disks are gone for good. Images made of it stay.');
    await press(ending, 'Terminate');
    await sees(page, `Instance ${instanceId} was terminated.`);
    await sees(page, 'You have no instance in this region.');
    expect((await holder.refused(getInstance, { region, instanceId })).code).toBe('InstanceNotFound');
  });
});
