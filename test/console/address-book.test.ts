import { listAddressBook } from '../../functions/list-address-book.ts';
import { freshMembers } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { anImageOf, type Member, share } from '../support/client.ts';
import { clickButton, dialogOf, rowOf, selectRows, waitForNone, waitForText } from '../support/console.ts';

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
});
