import { deleteImage } from '../../functions/delete-image.ts';
import { getImage } from '../../functions/get-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { listImages } from '../../functions/list-images.ts';
import { anImageOf, freshMembers, launch, type Member, share } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { choose, closeDialog, dialogOf, press, rowOf, sees, seesNoMore, selectRows, untilNone } from '../support/console.ts';

const region = 'ap-guangzhou';
let owner: Member;
let recipients: Member[];

beforeAll(async () => {
  [owner, ...recipients] = (await freshMembers(6)) as [Member, ...Member[]];
});

const idsOf = (members: readonly Member[]): string[] => members.map(({ account }) => account);

describe('cancelling shares', () => {
  it('ends one, several and all, says before what stops working, and takes the image from the recipient’s list', async () => {
    const [first, second, third] = recipients as [Member, Member, Member];
    const image = await anImageOf(owner, region, { name: 'ending' });
    await share(owner, image, idsOf(recipients));
    await launch(first, image);
    const holders = async () =>
      (await owner.ok(listImageShares, { region, imageId: image.imageId })).shares.map(({ recipient }): string => recipient);
    const theirs = await openConsole({ account: first.account, path: '/shared-images', heading: 'Shared images' });
    await sees(theirs, 'ending');
    const page = await openConsole({ account: owner.account, path: `/images/${region}/${image.imageId}`, heading: 'ending' });
    const dialog = dialogOf(page, 'Cancel shares of ending');

    await selectRows(page, `Select ${first.account}`);
    await press(page, 'Cancel shares');
    await sees(dialog, '1 recipient will lose the image');
    await sees(dialog, `${first.account} last made a server from it`);
    await sees(dialog, 'No new servers are made from the image.');
    await sees(dialog, 'Servers that were made from it cannot be re-initialised or reinstalled with it.');
    await sees(dialog, 'Running servers go on, and images that were saved earlier stay.');
    expect(await holders()).toHaveLength(5);
    await press(dialog, 'Cancel 1 share');
    await sees(dialog, '1 share ended.');
    expect(await holders()).toEqual(expect.not.arrayContaining([first.account]));
    await closeDialog(dialog);
    await untilNone(rowOf(page, first.account));

    await press(theirs, 'Refresh');
    await sees(theirs, 'Nobody shares an image with you in this region.');
    expect(await theirs.getByText('ending').count()).toBe(0);

    await selectRows(page, `Select ${second.account}`, `Select ${third.account}`);
    await press(page, 'Cancel shares');
    await sees(dialog, '2 recipients will lose the image');
    await press(dialog, 'Cancel 2 shares');
    await sees(dialog, '2 shares ended.');
    expect(await holders()).toHaveLength(2);
    await closeDialog(dialog);

    await selectRows(page, `Select ${recipients[3]?.account}`);
    await press(page, 'Cancel shares');
    await dialog.getByLabel('All 2, and of whoever gets one until then').click();
    await sees(dialog, '2 recipients will lose the image');
    await press(dialog, 'Cancel 2 shares');
    await sees(dialog, '2 shares ended.');
    await closeDialog(dialog);
    await sees(page, 'Shared with nobody');
    expect(await holders()).toEqual([]);

    await page.getByRole('tab', { name: 'Record' }).click();
    const cancels = page.getByRole('row').filter({ hasText: 'Shares cancelled' });
    await sees(cancels, first.account);
    expect(await cancels.count()).toBe(3);
    await sees(rowOf(page, 'Registered'), owner.account);
  });
});

describe('deleting an image', () => {
  it('names who still holds it, cancels their shares first, and deletes it then', async () => {
    const [first, second] = recipients as [Member, Member];
    const { imageId } = await anImageOf(owner, region, { name: 'guarded' });
    await share(owner, { region, imageId }, [first.account, second.account]);
    const page = await openConsole({ account: owner.account, path: `/images/${region}/${imageId}`, heading: 'guarded' });

    await choose(page, 'Actions', 'Delete');
    const dialog = dialogOf(page, 'Delete guarded');
    await sees(dialog, '2 recipients still hold it');
    await sees(dialog, first.account);
    await sees(dialog, second.account);
    await sees(dialog, 'No new servers are made from the image.');
    expect(await dialog.getByRole('button', { name: 'Delete', exact: true }).isDisabled()).toBe(true);
    expect((await owner.refused(deleteImage, { region, imageId, dryRun: 'true' })).code).toBe('ImageShared');

    await dialog.getByRole('button', { name: 'Cancel 2 shares first: guarded' }).click();
    await sees(dialog, 'Can be deleted');
    expect((await owner.ok(listImageShares, { region, imageId })).used).toBe(0);
    await closeDialog(dialog);
    await sees(page, 'Shared with nobody');

    await choose(page, 'Actions', 'Delete');
    await sees(dialog, 'Can be deleted');
    await press(dialog, 'Delete 1 image');
    await sees(dialog, 'What happened');
    await sees(dialog, /^Deleted$/);
    await closeDialog(dialog);

    await page.getByRole('heading', { level: 1, name: 'Custom images' }).waitFor();
    await seesNoMore(page.getByRole('table'), 'guarded');
    expect((await owner.refused(getImage, { region, imageId })).code).toBe('ImageNotFound');
  });

  it('says in a region that withdraws images what recipients will notice, and takes it from them at once', async () => {
    const [recipient] = recipients as [Member];
    const there = 'cn-bj2';
    const { imageId } = await anImageOf(owner, there, { name: 'withdrawn' });
    await share(owner, { region: there, imageId }, [recipient.project]);
    const page = await openConsole({ account: owner.account, path: `/images/${there}/${imageId}`, heading: 'withdrawn' });

    await choose(page, 'Actions', 'Delete');
    const dialog = dialogOf(page, 'Delete withdrawn');
    await sees(dialog, '1 recipient will lose it at the same moment: no new servers, no saving, no re-initialising.');
    await sees(dialog, recipient.project);
    expect((await recipient.ok(listImages, { region: there, scope: 'shared' })).images).toHaveLength(1);
    await press(dialog, 'Delete 1 image');
    await sees(dialog, /^Deleted$/);

    expect((await recipient.ok(listImages, { region: there, scope: 'shared' })).images).toEqual([]);
  });

  it('takes no image from somebody who was not shown, and got it after the dialog was opened', async () => {
    const [recipient] = recipients as [Member];
    const there = 'cn-bj2';
    const image = await anImageOf(owner, there, { name: 'late-share' });
    const path = `/images/${there}/${image.imageId}`;
    const page = await openConsole({ account: owner.account, path, heading: 'late-share' });
    await choose(page, 'Actions', 'Delete');
    const dialog = dialogOf(page, 'Delete late-share');
    await sees(dialog, 'Can be deleted');
    await share(owner, image, [recipient.project]);

    await press(dialog, 'Delete 1 image');
    await sees(dialog, '1 recipient will lose it at the same moment');
    await sees(dialog, recipient.project);
    await recipient.ok(getImage, { region: there, imageId: image.imageId });
    await press(dialog, 'Delete 1 image');
    await sees(dialog, /^Deleted$/);
  });
});
