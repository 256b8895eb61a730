import { readFileSync } from 'node:fs';
import { listShares } from '../../functions/list-shares.ts';
import { putAddressBookEntry } from '../../functions/put-address-book-entry.ts';
import type { ImageView } from '../../lib/model/views/image.ts';
import { freshMembers } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { anImageOf, launch, type Member, share } from '../support/client.ts';
import { clickButton, dialogOf, rowOf, selectOption, selectRows, waitForNone, waitForText } from '../support/console.ts';

const region = 'ap-guangzhou';
const projectRegion = 'cn-bj2';

let owner: Member;
let friend: Member;
let guest: Member;
let web: ImageView;
let db: ImageView;

beforeEach(async () => {
  [owner, friend, guest] = (await freshMembers(3)) as [Member, Member, Member];
  web = await anImageOf(owner, region, { name: '=web' });
  db = await anImageOf(owner, 'cn-hangzhou', { name: 'db' });
  const ofProject = await anImageOf(owner, projectRegion, { name: 'of-project' });
  const expiresAt = new Date(Date.now() + 5 * 86_400_000).toISOString();
  await share(owner, web, [friend.account, guest.account]);
  await share(owner, db, [friend.account], { expiresAt });
  await share(owner, ofProject, [friend.project]);
  await launch(friend, web);
  await owner.ok(putAddressBookEntry, { principalId: friend.account, name: 'Friends Ltd', note: '' });
});

describe('recipients', () => {
  it('are listed with what each can use, searched and filtered by the service, and downloaded', async () => {
    const page = await openConsole({ account: owner.account, path: '/recipients', heading: 'Recipients' });
    await waitForText(rowOf(page, friend.account), 'Friends Ltd');
    await waitForText(rowOf(page, friend.account), 'cn-hangzhou');
    await waitForText(rowOf(page, friend.project), projectRegion);
    await waitForText(rowOf(page, guest.account), 'Never');

    await selectOption(page, 'Filter by expiration', 'Expires within 7 days');
    await waitForNone(rowOf(page, guest.account));
    await selectOption(page, 'Filter by region', new RegExp(`^${region}`));
    await waitForText(page, 'No items match the filter.');
    await clickButton(page, 'Clear filters');
    const search = page.getByLabel('Find recipients by ID, name, or note');
    await search.fill(guest.account.slice(2));
    await waitForNone(rowOf(page, friend.account));
    await search.fill('friends');
    await rowOf(page, friend.account).waitFor();
    await waitForNone(rowOf(page, guest.account));
    await search.fill('');

    await page.getByRole('link', { name: friend.account }).click();
    await page.getByRole('heading', { level: 1, name: `Shared with Friends Ltd (${friend.account})` }).waitFor();
    await waitForText(rowOf(page, db.imageId), 'Never used');
    expect(await page.getByRole('rowheader').allTextContents()).toEqual([`db${db.imageId}`, `=web${web.imageId}`]);
    const download = page.waitForEvent('download');
    await clickButton(page, 'Download CSV');
    await waitForText(page, `Saved 2 rows as shares-${friend.account}.csv.`);
    const [header, , row] = readFileSync(await (await download).path(), 'utf8').split('\r\n');
    expect(header).toBe('\uFEFFImage,Image ID,Region,Recipient ID,Recipient name,Shared on,Expires,Last used,Shared by');
    expect(row?.split(',').slice(0, 5)).toEqual(["'=web", web.imageId, region, friend.account, 'Friends Ltd']);
    await page.keyboard.press('Escape');

    await selectOption(page, 'Filter by use', 'Not used for 30 days');
    await waitForText(page, 'No items match the filter.');
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Recipients' }).waitFor();
    await clickButton(page, 'View all shares');
    await rowOf(page, guest.account).waitFor();
    await selectOption(page, 'Filter by region', new RegExp(`^${projectRegion}`));
    await waitForNone(rowOf(page, guest.account));
    await rowOf(page, friend.project).getByRole('link', { name: friend.project }).waitFor();
  });

  it('lose everything at once, after the owner has entered the ID', async () => {
    const page = await openConsole({ account: owner.account, path: '/recipients', heading: 'Recipients' });
    await selectRows(page, `Select ${friend.account}`);
    await clickButton(page, 'Stop all sharing');
    const dialog = dialogOf(page, `Stop all sharing with Friends Ltd (${friend.account})`);
    await waitForText(dialog, /immediately loses access to 2 images in all regions/);
    await waitForText(dialog, `=web (${web.imageId}, ${region})`);
    await waitForText(dialog, `db (${db.imageId}, cn-hangzhou)`);

    await dialog.getByRole('textbox').fill(guest.account);
    await clickButton(dialog, 'Stop all sharing');
    await waitForText(dialog, `Enter ${friend.account} exactly.`);
    expect((await owner.ok(listShares, { recipient: friend.account })).shares).toHaveLength(2);

    await dialog.getByRole('textbox').fill(friend.account);
    const failed = [{ region, imageId: web.imageId, code: 'Unavailable', detail: 'The image is being changed.' }];
    const response = { recipient: friend.account, stopped: [], failed, complete: true };
    await page.route('**/v1/shares/stop', (route) => route.fulfill({ json: response }), { times: 1 });
    await clickButton(dialog, 'Stop all sharing');
    await waitForText(dialog, "1 image couldn't be changed:");
    await waitForText(dialog, 'The image is being changed.');

    await clickButton(dialog, 'Try again');
    await waitForText(page, `Stopped sharing 2 images with ${friend.account}.`);
    await waitForNone(rowOf(page, friend.account));
    await rowOf(page, guest.account).waitFor();
    const left = (await owner.ok(listShares)).shares.map(({ recipient }) => recipient);
    expect(left.toSorted()).toEqual([friend.project, guest.account].toSorted());
  });
});
