import { readFileSync } from 'node:fs';
import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { updateImage } from '../../functions/update-image.ts';
import { freshMembers } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { anImageOf, eventually, share } from '../support/client.ts';
import { clickButton, dialogOf, rowOf, waitForNone, waitForText } from '../support/console.ts';

const region = 'ap-guangzhou';
const list = { path: '/activity', heading: 'Activity' };

describe('activity', () => {
  it('lists the changes of all images, which the service filters, and downloads them', async () => {
    const [owner, friend] = await freshMembers(2);
    const web = await anImageOf(owner, region, { name: 'web' });
    const db = await anImageOf(owner, 'cn-hangzhou', { name: 'db' });
    await share(owner, web, [friend.account]);
    await owner.ok(updateImage, { region, imageId: web.imageId, name: '=web' });
    await owner.ok(deleteImage, { region: 'cn-hangzhou', imageId: db.imageId });

    const page = await openConsole({ account: owner.account, ...list });
    await rowOf(page, db.imageId).first().waitFor();
    const names = () => page.getByRole('rowheader').allTextContents();
    expect(await names()).toEqual(['Deleted', 'Details edited', 'Shared', 'Registered', 'Registered']);
    await waitForText(rowOf(page, 'Shared'), friend.account);
    await rowOf(page, 'Shared').getByRole('link', { name: '=web' }).waitFor();
    expect(await rowOf(page, db.imageId).getByRole('link').count()).toBe(0);

    const filter = page.getByLabel('Filter by activity, image ID, region, or who performed it');
    await filter.fill(web.imageId);
    await filter.press('Enter');
    await waitForNone(rowOf(page, db.imageId));
    expect(await names()).toEqual(['Details edited', 'Shared', 'Registered']);
    await page.goto(`${page.url()}&action=ShareImage&action=UpdateImage`);
    await rowOf(page, 'Shared').waitFor();
    expect(await names()).toEqual(['Details edited', 'Shared']);

    const download = page.waitForEvent('download');
    await clickButton(page, 'Download CSV');
    const dialog = dialogOf(page, 'Download CSV');
    await waitForText(dialog, `Saved 2 rows as activity-${owner.account}.csv.`);
    const [header, ...rows] = readFileSync(await (await download).path(), 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(header).toBe('\uFEFFTime,Activity,Description,Image ID,Region,Performed by,Source IP address,API action,Request ID');
    expect(rows.map((row) => row.split(',').slice(1, 6))).toEqual([
      ['Details edited', '', web.imageId, region, owner.account],
      ['Shared', friend.account, web.imageId, region, owner.account],
    ]);
  });

  it('tells recipients what happened to their access', async () => {
    const [owner, friend] = await freshMembers(2);
    const image = await anImageOf(owner, region, { name: 'web' });
    await share(owner, image, [friend.account]);
    await owner.ok(cancelImageShares, { region, imageId: image.imageId, recipient: friend.account });
    await share(owner, image, [friend.account]);
    await friend.ok(cancelImageShares, { region, imageId: image.imageId, recipient: friend.account });

    const page = await openConsole({ account: friend.account, ...list });
    await eventually(
      async () => {
        await clickButton(page, 'Refresh');
        return page.getByRole('rowheader').allTextContents();
      },
      (texts) => texts.length === 4,
    );
    expect(await page.getByRole('rowheader').allTextContents()).toEqual([
      'You gave up access',
      'Shared with you',
      'No longer shared with you',
      'Shared with you',
    ]);
    expect(await page.getByRole('table').getByRole('link').count()).toBe(0);
  });
});
