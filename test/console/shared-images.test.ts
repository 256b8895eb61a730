import { formatTime } from '../../console/src/components/format-time.ts';
import { getImage } from '../../functions/get-image.ts';
import { getShareAcceptance } from '../../functions/get-share-acceptance.ts';
import { getTrustedOwners } from '../../functions/get-trusted-owners.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { listImages } from '../../functions/list-images.ts';
import { listInstances } from '../../functions/list-instances.ts';
import { shareImage } from '../../functions/share-image.ts';
import { freshMember, freshMembers } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { anImageOf, inBatches, type Member, share } from '../support/client.ts';
import {
  chooseFromMenu,
  clickButton,
  dialogOf,
  rowOf,
  selectRows,
  waitForNone,
  waitForNoText,
  waitForText,
} from '../support/console.ts';

const region = 'ap-guangzhou';
let recipient: Member;
let friend: Member;
let stranger: Member;

beforeAll(async () => {
  [recipient, friend, stranger] = (await freshMembers(3)) as [Member, Member, Member];
});

describe('shared images', () => {
  it('come with a warning, and can be filtered by trusted owners', async () => {
    const ofFriend = await anImageOf(friend, region, { name: 'by-friend' });
    await share(friend, ofFriend, [recipient.account]);
    await share(stranger, await anImageOf(stranger, region, { name: 'by-stranger' }), [recipient.account]);
    const trusted = async () => (await recipient.ok(getTrustedOwners)).owners;
    const page = await openConsole({ account: recipient.account, path: '/shared-images', heading: 'Shared images' });
    await waitForText(page, 'Use images only from owners you trust');
    await waitForText(page, "Shared images aren't verified for integrity or security. Use images only from owners you trust");
    await rowOf(page, 'by-friend').waitFor();
    await rowOf(page, 'by-stranger').waitFor();

    await clickButton(page, 'Trusted owners');
    const dialog = dialogOf(page, 'Trusted owners');
    await waitForText(dialog, "A trusted account doesn't cover its projects");
    const field = dialog.getByRole('textbox', { name: 'Owner IDs' });
    await field.fill(`${friend.account}\n-nobody`);
    await waitForText(dialog.getByRole('listitem').filter({ hasText: '-nobody' }), 'IDs must start with a letter or digit');
    expect(await dialog.getByRole('button', { name: 'Save changes' }).isDisabled()).toBe(true);
    await field.fill(`${friend.account}\nnobody`);
    await clickButton(dialog, 'Save changes');
    await waitForText(page, 'Saved 2 trusted owners.');
    await waitForText(page, 'No account or project found with these IDs: nobody');
    expect(await trusted()).toEqual([friend.account, 'nobody']);
    await waitForText(rowOf(page, 'by-friend'), 'Trusted');

    await page.getByLabel('Trusted owners only').click();
    await waitForNone(rowOf(page, 'by-stranger'));
    await rowOf(page, 'by-friend').waitFor();
    await selectRows(page, `Select image ${ofFriend.imageId}`);
    await chooseFromMenu(page, 'Actions', 'Remove from trusted owners');
    await waitForText(page, `Successfully removed ${friend.account} from trusted owners.`);
    await waitForText(page, 'No images from trusted owners');
    expect(await trusted()).toEqual(['nobody']);
    await page.getByLabel('Trusted owners only').click();
    await rowOf(page, 'by-stranger').waitFor();

    await page.getByRole('link', { name: 'by-friend' }).click();
    await page.getByRole('heading', { level: 1, name: 'by-friend' }).waitFor();
    await waitForText(
      page,
      `${friend.account} shared this image with you. Shared images aren't verified for integrity or security.`,
    );
    expect(await page.getByRole('tab').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Share image', exact: true }).count()).toBe(0);
  });

  it('show when the access to them ends, warn before that, and offer to save a copy', async () => {
    const member = await freshMember();
    const inDays = (days: number) => ({ expiresAt: new Date(Date.now() + days * 86_400_000).toISOString() });
    const soon = await anImageOf(friend, region, { name: 'soon' });
    await share(friend, soon, [member.account], inDays(2));
    await share(friend, await anImageOf(friend, region, { name: 'later' }), [member.account], inDays(30));
    await share(friend, await anImageOf(friend, region, { name: 'always' }), [member.account]);
    const { expiresAt = '' } = await member.ok(getImage, { region, imageId: soon.imageId });
    const page = await openConsole({ account: member.account, path: '/shared-images', heading: 'Shared images' });
    const table = page.getByRole('table', { name: 'Shared images' });
    await waitForText(page, '1 shared image expires within 7 days');
    await waitForText(rowOf(table, 'soon'), formatTime(expiresAt));
    await rowOf(table, 'soon').getByRole('img', { name: 'Expires soon' }).waitFor();
    await waitForText(rowOf(table, 'always'), 'Never');

    await page.getByLabel('Expiring within 7 days').click();
    await waitForNone(rowOf(table, 'later'));
    await waitForNone(rowOf(table, 'always'));
    await clickButton(page, 'Save a copy of soon');
    await clickButton(dialogOf(page, 'Save a copy'), 'Save a copy');
    await waitForText(page, /New image: soon \(img-/);

    await rowOf(table, 'soon').getByRole('link', { name: 'soon' }).click();
    await waitForText(page, `Your access to this image expires on ${formatTime(expiresAt)}`);
    await page.getByRole('button', { name: 'Save a copy of soon' }).waitFor();
    await waitForText(page, 'Shared on');
  });

  it('are searched as a whole, by name, image ID, or owner ID', async () => {
    const member = await freshMember();
    const rare = await anImageOf(stranger, region, { name: 'rare' });
    await share(stranger, rare, [member.account]);
    await inBatches(
      Array.from({ length: 100 }, (_, index) => `image-${index}`),
      async (name) => share(friend, await anImageOf(friend, region, { name }), [member.account]),
    );
    const page = await openConsole({ account: member.account, path: '/account', heading: 'Account' });
    const requests: URLSearchParams[] = [];
    page.on('request', (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (pathname === `/v1/regions/${region}/images`) {
        requests.push(searchParams);
      }
    });
    await page.getByRole('link', { name: 'Shared images' }).click();
    await waitForText(page, '(100+)');
    // The warning about images that expire soon has requests of its own.
    const ofList = requests.filter((query) => !query.has('expiringBefore'));
    expect(ofList.map((query) => [query.get('limit'), query.has('cursor')])).toEqual([['100', false]]);
    await waitForNone(rowOf(page, 'rare'));

    const search = page.getByLabel('Find by name, or by full image ID or owner ID');
    for (const text of [' RAR', rare.imageId, stranger.account]) {
      await search.fill(text);
      await rowOf(page, 'rare').waitFor();
      await waitForText(page, '(1)');
      await waitForText(page, '1 match');
    }
    await search.fill('image-');
    await waitForText(page, '100+ matches');
    await search.fill(friend.account.slice(0, -1));
    await waitForText(page, 'No items match the filter.');
    await waitForText(page, '0 matches');
    await clickButton(page, 'Clear filters');
    await waitForText(page, '(100+)');
    expect(requests.every((query) => query.get('limit') === '100')).toBe(true);
  });

  it('can be launched, saved as custom images, and left', async () => {
    const { imageId } = await anImageOf(friend, region, { name: 'lent' });
    await share(friend, { region, imageId }, [recipient.account]);
    const page = await openConsole({ account: recipient.account, path: '/shared-images', heading: 'Shared images' });
    await selectRows(page, `Select image ${imageId}`);

    await clickButton(page, 'Launch instance');
    const launching = dialogOf(page, 'Launch instance');
    await waitForText(launching, `${friend.account} shared this image with you. It isn't verified for integrity or security.`);
    await clickButton(launching, 'Launch instance');
    await waitForText(page, new RegExp(`Successfully launched instance ins-.* from lent \\(${imageId}`));
    expect((await recipient.ok(listInstances, { region })).instances).toMatchObject([{ imageId, state: 'running' }]);

    await chooseFromMenu(page, 'Actions', 'Save a copy');
    const saving = dialogOf(page, 'Save a copy');
    await saving.getByLabel('Name').fill('');
    await clickButton(saving, 'Save a copy');
    await waitForText(saving, 'Enter a name.');
    await saving.getByLabel('Name').fill('kept');
    await clickButton(saving, 'Save a copy');
    await waitForText(page, /New image: kept \(img-/);
    const own = await recipient.ok(listImages, { region, scope: 'owned' });
    expect(own.images).toMatchObject([{ name: 'kept', owner: recipient.account }]);

    await chooseFromMenu(page, 'Actions', 'Remove my access');
    const leaving = dialogOf(page, 'Remove my access');
    await waitForText(leaving, 'Only the owner can share this image with you again.');
    await clickButton(leaving, 'Remove my access');
    await waitForText(page, `You no longer have access to lent (${imageId}).`);
    await waitForNoText(page.getByRole('table'), 'lent');
    expect((await friend.ok(listImageShares, { region, imageId })).used).toBe(0);
  });
});

describe('all images of an owner', () => {
  it('are left at once, in all regions, after a forecast', async () => {
    const [member, owner] = (await freshMembers(2)) as [Member, Member];
    const images = await Promise.all(
      [region, region, 'cn-hangzhou'].map((where, index) => anImageOf(owner, where, { name: `image-${index}` })),
    );
    await inBatches(images, (image) => share(owner, image, [member.account]));
    await share(friend, await anImageOf(friend, region, { name: 'of-friend' }), [member.account]);
    const [image] = images as [(typeof images)[number]];
    const page = await openConsole({ account: member.account, path: `/images/${region}/${image.imageId}`, heading: 'image-0' });

    await chooseFromMenu(page, 'Actions', 'Remove my access to all images of this owner');
    const dialog = dialogOf(page, 'Remove my access to all images of this owner');
    await waitForText(dialog, `You will lose access to 3 images that ${owner.account} shares with you, in all regions.`);
    await waitForText(dialog, `${images[2]?.imageId} (cn-hangzhou)`);
    expect((await owner.ok(listImageShares, { region, imageId: image.imageId })).used).toBe(1);
    await clickButton(dialog, 'Remove access to 3 images');
    await page.getByRole('heading', { level: 1, name: 'Shared images' }).waitFor();
    await waitForText(page, `You no longer have access to 3 images of ${owner.account}.`);
    await rowOf(page, 'of-friend').waitFor();
    await waitForNone(rowOf(page, 'image-1'));
    for (const { region: where, imageId } of images) {
      expect((await owner.ok(listImageShares, { region: where, imageId })).used).toBe(0);
    }
  });
});

describe('who can share', () => {
  it('is set for the account and for the project, and an owner can be blocked from its image', async () => {
    const [member, owner] = (await freshMembers(2)) as [Member, Member];
    const image = await anImageOf(owner, 'cn-bj2', { name: 'unwanted' });
    await share(owner, image, [member.project]);
    const path = '/shared-images?region=cn-bj2';
    const page = await openConsole({ account: member.account, path, heading: 'Shared images' });

    await selectRows(page, `Select image ${image.imageId}`);
    await chooseFromMenu(page, 'Actions', 'Block owner');
    const blocking = dialogOf(page, 'Block owner');
    await waitForText(blocking, `${owner.project} will no longer be able to share images with this project.`);
    await waitForText(blocking, 'Images that are already shared with you stay');
    await clickButton(blocking, 'Block owner');
    await waitForText(page, `Successfully blocked ${owner.project}.`);
    await waitForText(rowOf(page, 'unwanted'), 'Blocked');
    await chooseFromMenu(page, 'Actions', 'Add to trusted owners');
    await page.getByRole('link', { name: 'unwanted' }).click();
    await waitForText(page, 'Details');
    await waitForText(page, 'Trusted');
    await waitForText(page, 'Blocked');
    const another = await anImageOf(owner, 'cn-bj2');
    const request = { region: 'cn-bj2', imageId: another.imageId, recipients: [member.project], acknowledgeRisk: true };
    expect(await owner.refused(shareImage, request)).toMatchObject({ code: 'RecipientDoesNotAccept' });

    await page.getByRole('link', { name: 'Account', exact: true }).first().click();
    await clickButton(page, `Edit who can share: Project ${member.project}`);
    const dialog = dialogOf(page, 'Who can share with you');
    await waitForText(dialog, "Blocking an account doesn't cover its projects");
    const field = dialog.getByRole('textbox', { name: 'Blocked owners' });
    await waitForText(dialog, '1 trusted owner can share images with you');
    await field.and(page.locator(':enabled')).waitFor();
    expect(await field.inputValue()).toBe(owner.project);
    await field.fill(owner.account);
    await dialog.getByRole('radio', { name: 'Trusted owners only' }).check();
    await clickButton(dialog, 'Save changes');
    await waitForText(page, `No project found with these IDs: ${owner.account}`);
    expect(await member.ok(getShareAcceptance, { project: member.project })).toEqual({
      from: 'trusted',
      blockedOwners: [owner.account],
    });
    expect(await member.ok(getShareAcceptance)).toEqual({ from: 'anyone', blockedOwners: [] });
    expect(await owner.ok(shareImage, request)).toMatchObject({ used: 1 });
  });
});
