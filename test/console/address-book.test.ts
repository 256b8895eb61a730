import { readFile } from 'node:fs/promises';
import { listAddressBook } from '../../functions/list-address-book.ts';
import { putAddressBookEntry } from '../../functions/put-address-book-entry.ts';
import { freshMembers } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { anImageOf, type Member, share } from '../support/client.ts';
import { clickButton, closeDialog, dialogOf, rowOf, selectRows, waitForNone, waitForText } from '../support/console.ts';

const region = 'ap-guangzhou';

describe('the address book', () => {
  it('names accounts where their IDs appear, and can be searched, edited, and emptied', async () => {
    const [member, friend, other] = (await freshMembers(3)) as [Member, Member, Member];
    const entries = async () => (await member.ok(listAddressBook)).entries;
    const image = await anImageOf(member, region);
    await share(member, image, [friend.account, other.account]);
    const page = await openConsole({
      account: member.account,
      path: `/images/${region}/${image.imageId}`,
      heading: image.name,
    });

    await clickButton(page, `Add ${friend.account} to the address book`);
    const adding = dialogOf(page, 'Add to address book');
    await adding.getByLabel('Name').fill('Web team');
    await adding.getByLabel('Note').fill('Berlin');
    await clickButton(adding, 'Save');
    await waitForText(rowOf(page, friend.account), 'Web team');
    expect(await entries()).toEqual([{ principalId: friend.account, name: 'Web team', note: 'Berlin' }]);

    await page.getByLabel('Find recipients').fill('web team');
    await waitForNone(rowOf(page, other.account));
    await page.getByLabel('Find recipients').fill('');
    await clickButton(page, 'Share image');
    const sharing = dialogOf(page, `Share ${image.name}`);
    const ids = sharing.getByRole('textbox', { name: 'Account IDs' });
    await ids.pressSequentially('web t');
    await clickButton(sharing, `Web team (${friend.account})`);
    await waitForText(sharing, 'Already has access.');
    await clickButton(sharing, `Remove ${friend.account}`);
    await ids.pressSequentially('WEB TEAM\n');
    await waitForText(sharing, `Web team (${friend.account})`);
    await clickButton(sharing, 'Cancel');

    await page.getByRole('link', { name: 'Address book' }).click();
    await clickButton(page, 'Add entry');
    await adding.getByLabel('Account or project ID').fill(friend.account);
    await waitForText(adding, 'This ID already has an entry.');
    await adding.getByLabel('Account or project ID').fill(other.account);
    await adding.getByLabel('Name').fill('Data team');
    await clickButton(adding, 'Save');
    await waitForText(rowOf(page, other.account), 'Data team');
    await page.getByLabel('Find by name, ID, or note').fill('BERLIN');
    await waitForNone(rowOf(page, other.account));

    await selectRows(page, `Select ${friend.account}`);
    await clickButton(page, 'Edit');
    await dialogOf(page, 'Edit address book entry').getByLabel('Note').fill('');
    await clickButton(dialogOf(page, 'Edit address book entry'), 'Save');
    await page.getByLabel('Find by name, ID, or note').fill('web');
    await waitForText(rowOf(page, friend.account), 'Web team');
    expect(await entries()).toContainEqual({ principalId: friend.account, name: 'Web team' });
    await clickButton(page, 'Delete');
    await clickButton(dialogOf(page, 'Delete address book entry'), 'Delete');
    await waitForText(page, `Successfully deleted the entry of ${friend.account}.`);
    expect(await entries()).toEqual([{ principalId: other.account, name: 'Data team' }]);
  });

  it('is downloaded, and imported from a file', async () => {
    const [member] = (await freshMembers(1)) as [Member];
    await member.ok(putAddressBookEntry, { principalId: '100', name: '=Web', note: 'a, b' });
    const page = await openConsole({ account: member.account, path: '/address-book', heading: 'Address book' });

    const download = page.waitForEvent('download');
    await clickButton(page, 'Download CSV');
    const file = await readFile(await (await download).path(), 'utf8');
    expect(file).toBe(`\uFEFFAccount or project ID,Name,Note\r\n100,'=Web,"a, b"\r\n`);
    await closeDialog(dialogOf(page, 'Download CSV'));

    await clickButton(page, 'Import CSV');
    const importing = dialogOf(page, 'Import address book');
    const rows = [...Array.from({ length: 9 }, (_, index) => `20${index},Team ${index},`), 'not an ID,x,', '100,Web,'];
    await importing
      .locator('input[type=file]')
      .setInputFiles({ name: 'book.csv', mimeType: 'text/csv', buffer: Buffer.from(`${file}${rows.join('\r\n')}`) });
    await waitForText(importing, 'To add: 9. To change: 1. Unchanged: 0.');
    await waitForText(importing, "Row 12: the ID isn't valid.");
    await clickButton(importing, 'Import 10 entries');
    await waitForText(page, 'Successfully imported 10 entries.');
    await waitForText(rowOf(page, '208'), 'Team 8');
    expect((await member.ok(listAddressBook)).entries).toHaveLength(10);
  });
});
