import { deleteImage } from '../../functions/delete-image.ts';
import { getImage } from '../../functions/get-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { listImages } from '../../functions/list-images.ts';
import { freshMembers } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { anImageOf, launch, type Member, share } from '../support/client.ts';
import {
  chooseFromMenu,
  clickButton,
  closeDialog,
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
let recipients: Member[];

beforeAll(async () => {
  [owner, ...recipients] = (await freshMembers(6)) as [Member, ...Member[]];
});

const idsOf = (members: readonly Member[]): string[] => members.map(({ account }) => account);

describe('stopping sharing', () => {
  it('removes one, several, and all recipients, warns first, and removes the image from the recipient’s list', async () => {
    const [first, second, third] = recipients as [Member, Member, Member];
    const image = await anImageOf(owner, region, { name: 'ending' });
    await share(owner, image, idsOf(recipients));
    await launch(first, image);
    const currentRecipients = async () =>
      (await owner.ok(listImageShares, { region, imageId: image.imageId })).shares.map(({ recipient }): string => recipient);
    const theirs = await openConsole({ account: first.account, path: '/shared-images', heading: 'Shared images' });
    await waitForText(theirs, 'ending');
    const page = await openConsole({ account: owner.account, path: `/images/${region}/${image.imageId}`, heading: 'ending' });
    const dialog = dialogOf(page, 'Stop sharing ending');

    await selectRows(page, `Select ${first.account}`);
    await clickButton(page, 'Stop sharing');
    await waitForText(dialog, '1 recipient will lose access');
    await waitForText(dialog, `${first.account} last used`);
    await waitForText(dialog, 'They will no longer be able to launch instances from this image.');
    await waitForText(dialog, 'They will no longer be able to reinstall or reinitialize instances from it.');
    await waitForText(dialog, "Running instances and saved copies aren't affected.");
    expect(await currentRecipients()).toHaveLength(5);
    await clickButton(dialog, 'Stop sharing');
    await waitForText(page, 'Successfully stopped sharing ending with 1 recipient.');
    await dialog.waitFor({ state: 'detached' });
    expect(await currentRecipients()).toEqual(expect.not.arrayContaining([first.account]));
    await waitForNone(rowOf(page, first.account));

    await clickButton(theirs, 'Refresh');
    await waitForText(theirs, 'No shared images');
    expect(await theirs.getByText('ending').count()).toBe(0);

    await selectRows(page, `Select ${second.account}`, `Select ${third.account}`);
    await clickButton(page, 'Stop sharing');
    await waitForText(dialog, '2 recipients will lose access');
    await clickButton(dialog, 'Stop sharing');
    await waitForText(page, 'Successfully stopped sharing ending with 2 recipients.');
    await dialog.waitFor({ state: 'detached' });
    expect(await currentRecipients()).toHaveLength(2);

    await selectRows(page, `Select ${recipients[3]?.account}`);
    await clickButton(page, 'Stop sharing');
    await dialog.getByLabel('All recipients (2, and any that are added in the meantime)').click();
    await waitForText(dialog, '2 recipients will lose access');
    await clickButton(dialog, 'Stop sharing');
    await dialog.waitFor({ state: 'detached' });
    await waitForText(page, 'Not shared');
    expect(await currentRecipients()).toEqual([]);

    await page.getByRole('tab', { name: 'Activity' }).click();
    const cancels = page.getByRole('row').filter({ hasText: 'Sharing stopped' });
    await waitForText(cancels, first.account);
    expect(await cancels.count()).toBe(3);
    await waitForText(rowOf(page, 'Registered'), owner.account);

    await share(owner, image, [second.account]);
    await page.getByRole('link', { name: 'Custom images' }).first().click();
    await clickButton(page, 'Refresh');
    await waitForText(rowOf(page, 'ending'), '1 of 50');
    await selectRows(page, 'Select ending');
    await chooseFromMenu(page, 'Actions', 'Stop sharing');
    await waitForText(dialog, '1 recipient will lose access');
    await clickButton(dialog, 'Stop sharing');
    await waitForText(rowOf(page, 'ending'), '0 of 50');
    expect(await currentRecipients()).toEqual([]);
  });
});

describe('deleting an image', () => {
  it('lists current recipients, stops sharing with them, and then deletes the image', async () => {
    const [first, second] = recipients as [Member, Member];
    const { imageId } = await anImageOf(owner, region, { name: 'guarded' });
    await share(owner, { region, imageId }, [first.account, second.account]);
    const page = await openConsole({ account: owner.account, path: `/images/${region}/${imageId}`, heading: 'guarded' });

    await chooseFromMenu(page, 'Actions', 'Delete image');
    const dialog = dialogOf(page, 'Delete image guarded');
    await waitForText(dialog, 'Shared with 2 recipients');
    await waitForAnnouncement(page, 'Shared with 2 recipients');
    await waitForText(dialog, first.account);
    await waitForText(dialog, second.account);
    await waitForText(dialog, 'They will no longer be able to launch instances from this image.');
    expect(await dialog.getByRole('button', { name: 'Delete image', exact: true }).isDisabled()).toBe(true);
    expect((await owner.refused(deleteImage, { region, imageId, dryRun: 'true' })).code).toBe('ImageShared');

    await dialog.getByRole('button', { name: 'Stop sharing with 2 recipients: guarded' }).click();
    await waitForText(dialog, /^Can be deleted$/);
    await waitForAnnouncement(page, 'Can be deleted');
    expect((await owner.ok(listImageShares, { region, imageId })).used).toBe(0);
    await closeDialog(dialog);
    await waitForText(page, 'Not shared');

    await chooseFromMenu(page, 'Actions', 'Delete image');
    await waitForText(dialog, /^Can be deleted$/);
    await clickButton(dialog, 'Delete image');

    await page.getByRole('heading', { level: 1, name: 'Custom images' }).waitFor();
    await waitForText(page, `Successfully deleted image guarded (${imageId}).`);
    await waitForNoText(page.getByRole('table'), 'guarded');
    expect((await owner.refused(getImage, { region, imageId })).code).toBe('ImageNotFound');

    await page.goBack();
    await waitForText(page, 'This image was deleted');
    await waitForText(page, new RegExp(`^Deleted at .* by ${owner.account}`));
    await waitForNoText(page, 'Request ID');
    await page.getByRole('link', { name: 'View its activity' }).click();
    await rowOf(page, 'Deleted').waitFor();
  });

  it('warns in regions where shared images can be deleted, and removes access immediately', async () => {
    const [recipient] = recipients as [Member];
    const projectRegion = 'cn-bj2';
    const { imageId } = await anImageOf(owner, projectRegion, { name: 'withdrawn' });
    await share(owner, { region: projectRegion, imageId }, [recipient.project]);
    const page = await openConsole({ account: owner.account, path: `/images/${projectRegion}/${imageId}`, heading: 'withdrawn' });

    await chooseFromMenu(page, 'Actions', 'Delete image');
    const dialog = dialogOf(page, 'Delete image withdrawn');
    await waitForText(dialog, '1 recipient immediately loses access');
    await waitForText(dialog, recipient.project);
    const button = dialog.getByRole('button', { name: 'Delete image', exact: true });
    const confirmation = dialog.getByLabel('To confirm that 1 recipient loses access, enter "delete"');
    await confirmation.fill('delet');
    expect(await button.isDisabled()).toBe(true);
    await confirmation.fill('Delete');
    expect((await recipient.ok(listImages, { region: projectRegion, scope: 'shared' })).images).toHaveLength(1);
    await clickButton(dialog, 'Delete image');
    await waitForText(page, `Successfully deleted image withdrawn (${imageId}).`);

    expect((await recipient.ok(listImages, { region: projectRegion, scope: 'shared' })).images).toEqual([]);
  });

  it('does not delete an image that gained a recipient after the dialog was opened', async () => {
    const [recipient] = recipients as [Member];
    const projectRegion = 'cn-bj2';
    const image = await anImageOf(owner, projectRegion, { name: 'late-share' });
    const path = `/images/${projectRegion}/${image.imageId}`;
    const page = await openConsole({ account: owner.account, path, heading: 'late-share' });
    await chooseFromMenu(page, 'Actions', 'Delete image');
    const dialog = dialogOf(page, 'Delete image late-share');
    await waitForText(dialog, /^Can be deleted$/);
    await share(owner, image, [recipient.project]);

    await clickButton(dialog, 'Delete image');
    await waitForText(dialog, '1 recipient immediately loses access');
    await waitForText(dialog, recipient.project);
    await recipient.ok(getImage, { region: projectRegion, imageId: image.imageId });
    await dialog.getByLabel(/^To confirm that 1 recipient loses access/).fill('delete');
    await clickButton(dialog, 'Delete image');
    await waitForText(page, `Successfully deleted image late-share (${image.imageId}).`);
  });
});
