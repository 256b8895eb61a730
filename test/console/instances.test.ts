import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { getInstance } from '../../functions/get-instance.ts';
import { listImages } from '../../functions/list-images.ts';
import { listInstances } from '../../functions/list-instances.ts';
import { reinitializeInstance } from '../../functions/reinitialize-instance.ts';
import { reportImageState } from '../../functions/report-image-state.ts';
import { compute, freshMembers } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { anImageOf, launch, type Member, share } from '../support/client.ts';
import {
  chooseFromMenu,
  clickButton,
  dialogOf,
  rowOf,
  selectRows,
  waitForAnnouncement,
  waitForNone,
  waitForNoText,
  waitForText,
} from '../support/console.ts';

const region = 'ap-guangzhou';
let owner: Member;
let recipient: Member;

beforeAll(async () => {
  [owner, recipient] = (await freshMembers(2)) as [Member, Member];
});

describe('instances', () => {
  it('can be launched, reinstalled, turned into images, and terminated; after sharing stops, the error names the rule', async () => {
    const shared = await anImageOf(owner, region, { name: 'shared-base', os: 'Debian 12' });
    const own = await anImageOf(recipient, region, { name: 'own-base', os: 'Ubuntu 24.04' });
    await share(owner, shared, [recipient.account]);
    const page = await openConsole({ account: recipient.account, path: '/instances', heading: 'Instances' });
    await waitForText(page, 'No instances');

    await clickButton(page, 'Launch instance');
    const launching = dialogOf(page, 'Launch instance');
    await clickButton(launching, 'Launch instance');
    await waitForText(launching, 'Choose an image.');
    await launching.getByLabel('Image', { exact: true }).fill('shared-base');
    await clickButton(launching, 'Launch instance');
    await waitForText(launching, 'Choose an image from the list, or enter its ID.');
    expect((await recipient.ok(listInstances, { region })).instances).toEqual([]);
    await launching.getByLabel('Image', { exact: true }).fill('shared-ba');
    await page.getByRole('option', { name: /shared-base/ }).click();
    await waitForText(launching, `${owner.account} shared this image with you.`);
    await clickButton(launching, 'Launch instance');
    await waitForText(page, `from shared-base (${shared.imageId}).`);
    const [instance] = (await recipient.ok(listInstances, { region })).instances;
    const instanceId = instance?.instanceId ?? '';
    await rowOf(page, instanceId).getByRole('link', { name: 'shared-base' }).waitFor();
    const now = () => recipient.ok(getInstance, { region, instanceId });
    expect(await now()).toMatchObject({ imageId: shared.imageId, state: 'running' });
    // An ID stays on one line on a phone.
    await page.setViewportSize({ width: 390, height: 844 });
    await waitForNone(page.getByRole('columnheader', { name: 'Operating system' }));
    const id = rowOf(page, instanceId).getByText(instanceId, { exact: true }).first();
    expect(await id.evaluate((node) => node.getClientRects().length)).toBe(1);
    await page.setViewportSize({ width: 1280, height: 720 });

    await selectRows(page, `Select instance ${instanceId}`);
    await chooseFromMenu(page, 'Actions', 'Reinitialize system disk');
    const again = dialogOf(page, 'Reinitialize system disk');
    await owner.ok(cancelImageShares, { region, imageId: shared.imageId, all: 'true' });
    await waitForText(again, `This resets the system disk of ${instanceId} to its image shared-base (${shared.imageId}).`);
    await clickButton(again, 'Reinitialize system disk');
    const refusal = await recipient.refused(reinitializeInstance, { region, instanceId });
    expect(refusal.detail).toContain(shared.imageId);
    await waitForText(again, refusal.title);
    const detail = refusal.detail.replace(shared.imageId, `shared-base (${shared.imageId})`);
    await waitForText(again, detail);
    await waitForAnnouncement(page, detail);
    expect(await again.getByRole('link', { name: 'View rule: Instances after sharing stops' }).getAttribute('href')).toBe(
      '/v1/docs/errors#cancel.instances-live',
    );
    await waitForText(again, /Request ID: [0-9a-f-]{36}/);
    await clickButton(again, 'Cancel');

    await clickButton(page, 'Refresh');
    const row = rowOf(page, instanceId);
    await waitForText(row, 'No longer shared');
    expect(await row.getByRole('link').count()).toBe(0);
    await waitForText(row, shared.imageId);
    await row.getByRole('button', { name: 'No longer shared' }).click();
    await waitForText(page, 'Ask the image owner to share the image again');
    await page.keyboard.press('Escape');
    await clickButton(page, 'Actions');
    await page.getByRole('menuitem', { name: /^Reinitialize system disk/, disabled: true }).waitFor();
    await page.keyboard.press('Escape');

    await chooseFromMenu(page, 'Actions', 'Reinstall OS');
    const reinstalling = dialogOf(page, 'Reinstall OS');
    await waitForText(reinstalling, "All data on the system disk is permanently lost. Data disks aren't affected.");
    await reinstalling.getByLabel('Image', { exact: true }).fill(own.imageId);
    await waitForText(reinstalling, 'own-base (custom image)');
    await clickButton(reinstalling, 'Reinstall OS');
    await waitForText(page, `Successfully reinstalled ${instanceId} from own-base (${own.imageId}).`);
    expect(await now()).toMatchObject({ imageId: own.imageId });
    await page.getByRole('row').getByRole('link', { name: 'own-base' }).waitFor();

    await chooseFromMenu(page, 'Actions', 'Reinitialize system disk');
    await clickButton(again, 'Reinitialize system disk');
    await waitForText(page, `Successfully reinitialized ${instanceId} from own-base (${own.imageId}).`);

    await chooseFromMenu(page, 'Actions', 'Create image');
    const creating = dialogOf(page, 'Create image');
    await creating.getByLabel('Name').fill('derived');
    await clickButton(creating, 'Create image');
    await waitForText(page, 'Creating image derived (img-');
    const [derived] = (await recipient.ok(listImages, { region, name: 'derived' })).images;
    expect(derived).toMatchObject({ state: 'pending' });

    // One message of each type: the work in progress, and then its result instead of the last one.
    await compute().ok(reportImageState, { region, imageId: derived?.imageId, state: 'available' });
    await waitForText(page, `Image derived (${derived?.imageId}) is available.`);
    await waitForNoText(page, 'Creating image derived');
    await waitForNoText(page, 'Successfully reinitialized');
    await page.getByRole('link', { name: 'View image' }).click();
    await page.getByRole('heading', { level: 1, name: 'derived' }).waitFor();
    await waitForNoText(page, 'is available.');
    await page.goBack();
    await selectRows(page, `Select instance ${instanceId}`);

    await chooseFromMenu(page, 'Actions', 'Terminate instance');
    const terminating = dialogOf(page, 'Terminate instance');
    await waitForText(terminating, "The instance and its disks are deleted. You can't undo this action.");
    await clickButton(terminating, 'Terminate instance');
    await waitForText(page, `Successfully terminated instance ${instanceId}.`);
    await waitForText(page, 'No instances');
    expect((await recipient.refused(getInstance, { region, instanceId })).code).toBe('InstanceNotFound');
  });

  it('show the name of their product on one line', async () => {
    const image = await anImageOf(owner, region, { product: 'lightweight' });
    const { instanceId } = await launch(owner, image);
    const page = await openConsole({ account: owner.account, path: '/instances', heading: 'Instances' });
    const product = rowOf(page, instanceId).getByText('Lightweight');
    const lines = await product.evaluate((node) => {
      const range = node.ownerDocument.createRange();
      range.selectNodeContents(node);
      return range.getClientRects().length;
    });
    expect(lines).toBe(1);
  });
});
