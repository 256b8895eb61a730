import { readFileSync } from 'node:fs';
import { type ImageRecord, recordRow } from '../../console/src/activity/record-row.ts';
import { recordTexts } from '../../console/src/activity/record-texts.ts';
import { formatTime } from '../../console/src/components/format-time.ts';
import { commonTexts } from '../../console/src/texts/common.ts';
import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { updateImage } from '../../functions/update-image.ts';
import type { PrincipalId } from '../../lib/model/ids.ts';
import { freshMember } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { anImageOf, eventually, share } from '../support/client.ts';
import { clickButton, dialogOf, rowOf, waitForNone, waitForText } from '../support/console.ts';

const region = 'ap-guangzhou';
const list = { path: '/activity', heading: 'Activity' };

describe('recordRow', () => {
  const at = '2026-11-26T12:00:00.000Z';
  const record = { id: '1', at, actor: 'a', region, imageId: 'img-1', requestId: 'r' } as ImageRecord;
  const texts = { records: recordTexts.en.account, common: commonTexts.en };
  const wordsOf = (fields: Partial<ImageRecord> | object, principal = 'owner', idsMax?: number) => {
    const { what, about } = recordRow({ ...record, ...fields }, principal, texts, idsMax);
    return [what, about];
  };
  const [b, c, d] = ['b', 'c', 'd'] as PrincipalId[];

  it.each<[string, object, string[]]>([
    [
      'shares',
      { action: 'ShareImage', recipients: [b, c], expiresAt: at },
      ['Shared', `Recipients: b, c. Expires: ${formatTime(at)}.`],
    ],
    [
      'a new expiration',
      { action: 'ShareImage', recipients: [b, c], rescheduled: [c], expiresAt: null, previousExpirations: { c: at } },
      ['Shared', `Added: b. Expiration changed: c (was ${formatTime(at)}). Expires: never.`],
    ],
    [
      'a new list',
      { action: 'SetImageShares', recipients: [b, c], added: [b] },
      ['Recipient list replaced', 'Added: b. Removed: c.'],
    ],
    [
      'a recipient that left',
      { action: 'CancelImageShares', recipients: [b], reason: 'left' },
      ['Recipient gave up access', 'Recipient: b.'],
    ],
    ['a deprecation', { action: 'UpdateImage', state: 'deprecated' }, ['Deprecated', '']],
    ['edits', { action: 'UpdateImage', changes: ['name', 'tags'] }, ['Details edited', 'Changed: name, tags.']],
    ['an action that it does not know', { action: 'PaintImage' }, ['PaintImage', '']],
  ])('describes %s to the owner', (_, fields, words) => {
    expect(wordsOf(fields)).toEqual(words);
  });

  it.each<[object, string]>([
    [{ action: 'ChangeImageShares', added: [b] }, 'Shared with you'],
    [{ action: 'ChangeImageShares', added: [], rescheduled: [b] }, 'Your access has a new expiration'],
    [{ action: 'ChangeImageShares', added: [] }, 'No longer shared with you'],
    [{ action: 'CancelImageShares', reason: 'left' }, 'You gave up access'],
    [{ action: 'ExpireImageShares' }, 'Your access expired'],
    [{ action: 'DeleteImage' }, 'Image deleted by its owner; your access ended'],
  ])('describes %j to the recipient', (fields, what) => {
    expect(wordsOf({ ...fields, recipients: [b] }, 'b')[0]).toBe(what);
  });

  it('shortens a long list of recipients', () => {
    expect(wordsOf({ action: 'ShareImage', recipients: [b, c, d] }, 'owner', 2)[1]).toBe('Recipients: b, c, and 1 more.');
  });
});

describe('activity', () => {
  it('lists the changes of all images, which the service filters, and downloads them', async () => {
    const [owner, friend] = [await freshMember(), await freshMember()];
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

    const filter = page.getByLabel('Filter by activity, image ID, region, who performed it, or recipient');
    await filter.fill(web.imageId);
    await filter.press('Enter');
    await waitForNone(rowOf(page, db.imageId));
    expect(await names()).toEqual(['Details edited', 'Shared', 'Registered']);
    // The filter takes the names that the list shows.
    await filter.fill('Activity = Shared');
    await filter.press('Enter');
    await waitForNone(rowOf(page, 'Details edited'));
    expect(await names()).toEqual(['Shared']);
    await page.goto(`${page.url()}&action=UpdateImage`);
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
      ['Details edited', 'Changed: name.', web.imageId, region, owner.account],
      ['Shared', `Recipient: ${friend.account}.`, web.imageId, region, owner.account],
    ]);
  });

  it('is loaded 100 entries at a time, also on the page of an image', async () => {
    const owner = await freshMember();
    const { imageId } = await anImageOf(owner, region, { name: 'web' });
    for (let edit = 1; edit <= 25; edit += 1) {
      await owner.ok(updateImage, { region, imageId, description: `edit ${edit}` });
    }
    const page = await openConsole({ account: owner.account, ...list });
    await waitForText(page, '(26)');
    await rowOf(page, 'Registered').getByRole('link', { name: 'web' }).click();
    await page.getByRole('tab', { name: 'Activity' }).click();
    await waitForText(page, '(26)');
  });

  it('tells recipients what happened to their access', async () => {
    const [owner, friend] = [await freshMember(), await freshMember()];
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
