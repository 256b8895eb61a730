import { getTrustedOwners } from '../../functions/get-trusted-owners.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { listImages } from '../../functions/list-images.ts';
import { listInstances } from '../../functions/list-instances.ts';
import { freshMembers } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { anImageOf, type Member, share } from '../support/client.ts';
import { choose, dialogOf, press, rowOf, sees, seesNoMore, selectRows, untilNone } from '../support/console.ts';

const region = 'ap-guangzhou';
let recipient: Member;
let friend: Member;
let stranger: Member;

beforeAll(async () => {
  [recipient, friend, stranger] = (await freshMembers(3)) as [Member, Member, Member];
});

describe('the images that others share', () => {
  it('come with a warning, and can be narrowed to those of owners one trusts', async () => {
    const ofFriend = await anImageOf(friend, region, { name: 'by-friend' });
    await share(friend, ofFriend, [recipient.account]);
    await share(stranger, await anImageOf(stranger, region, { name: 'by-stranger' }), [recipient.account]);
    const trusted = async () => (await recipient.ok(getTrustedOwners)).owners;
    const page = await openConsole({ account: recipient.account, path: '/shared-images', heading: 'Shared images' });
    await sees(page, 'Use images only of owners you trust');
    await sees(page, 'Images shared by others are neither audited nor tested; you use them at your own risk.');
    await rowOf(page, 'by-friend').waitFor();
    await rowOf(page, 'by-stranger').waitFor();

    await press(page, 'Trusted owners');
    const dialog = dialogOf(page, 'Trusted owners');
    await sees(dialog, 'You trust no owner yet.');
    await dialog.getByLabel('Add owners').fill(`${friend.account}, ${stranger.account}`);
    await press(dialog, 'Add');
    await press(dialog, `Remove ${stranger.account}`);
    await press(dialog, 'Save list');
    await sees(page, 'You trust 1 owner now.');
    expect(await trusted()).toEqual([friend.account]);
    await sees(rowOf(page, 'by-friend'), 'Trusted');

    await page.getByLabel('Only trusted owners').click();
    await untilNone(rowOf(page, 'by-stranger'));
    await rowOf(page, 'by-friend').waitFor();
    await selectRows(page, `Select image ${ofFriend.imageId}`);
    await choose(page, 'Actions', 'Trust this owner no more');
    await sees(page, `${friend.account} is no trusted owner any more.`);
    await sees(page, 'No owner you trust shares an image with you in this region.');
    expect(await trusted()).toEqual([]);
    await page.getByLabel('Only trusted owners').click();
    await rowOf(page, 'by-stranger').waitFor();

    await page.getByRole('link', { name: 'by-friend' }).click();
    await page.getByRole('heading', { level: 1, name: 'by-friend' }).waitFor();
    await sees(page, `This image belongs to ${friend.account}. Images shared by others are neither audited nor tested`);
    expect(await page.getByRole('tab').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Share', exact: true }).count()).toBe(0);
  });

  it('can be launched, saved as own ones, and left', async () => {
    const { imageId } = await anImageOf(friend, region, { name: 'lent' });
    await share(friend, { region, imageId }, [recipient.account]);
    const page = await openConsole({ account: recipient.account, path: '/shared-images', heading: 'Shared images' });
    await selectRows(page, `Select image ${imageId}`);

    await press(page, 'Launch');
    const launching = dialogOf(page, 'Launch an instance');
    await sees(launching, `${friend.account} shares this image. It is neither audited nor tested`);
    await press(launching, 'Launch');
    await sees(page, new RegExp(`Instance ins-.* was made from ${imageId}`));
    expect((await recipient.ok(listInstances, { region })).instances).toMatchObject([{ imageId, state: 'running' }]);

    await choose(page, 'Actions', 'Save as own');
    const saving = dialogOf(page, 'Save as own image');
    await saving.getByLabel('Name').fill('');
    await press(saving, 'Save as own');
    await sees(saving, 'Enter a name.');
    await saving.getByLabel('Name').fill('kept');
    await press(saving, 'Save as own');
    await sees(page, /kept is being saved as img-/);
    const own = await recipient.ok(listImages, { region, scope: 'owned' });
    expect(own.images).toMatchObject([{ name: 'kept', owner: recipient.account }]);

    await choose(page, 'Actions', 'Leave share');
    const leaving = dialogOf(page, 'Leave the share?');
    await sees(leaving, 'You cannot undo this yourself: only the owner can share the image with you again.');
    await press(leaving, 'Leave share');
    await sees(page, `You left the share of lent (${imageId}).`);
    await seesNoMore(page.getByRole('table'), 'lent');
    expect((await friend.ok(listImageShares, { region, imageId })).used).toBe(0);
  });
});
