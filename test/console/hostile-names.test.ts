import type { Page } from 'playwright-core';
import { freshMembers } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { anImageOf, type Member, share } from '../support/client.ts';
import { chooseFromMenu, clickButton, closeDialog, dialogOf, selectRows, waitForText } from '../support/console.ts';

const region = 'ap-guangzhou';
const name = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
const description = '<svg onload="window.hacked=1"></svg><b>bold</b>';
const tag = '<script>window.hacked=1</script>';

/** Expects that no input became an element, and that no script in it ran. */
async function expectUnharmed(page: Page): Promise<void> {
  expect(await page.locator('img[src="x"], svg[onload], body script:not([src])').count()).toBe(0);
  expect(await page.evaluate('window.hacked')).toBeUndefined();
}

describe('a name that contains HTML', () => {
  it('stays text in tables, details, dialogs, and notifications, for the owner and for a recipient', async () => {
    const [owner, recipient] = (await freshMembers(2)) as [Member, Member];
    const page = await openConsole({ account: owner.account, path: '/images', heading: 'Custom images' });
    await clickButton(page, 'Register image');
    const registering = dialogOf(page, 'Register image');
    await registering.getByLabel('Name').fill(name);
    await registering.getByLabel('Description').fill(description);
    await clickButton(registering, 'Add new tag');
    await registering.getByRole('textbox', { name: 'Key' }).fill(tag);
    await registering.getByRole('textbox', { name: 'Value' }).fill(tag);
    await clickButton(registering, 'Register image');
    await waitForText(page, `Successfully registered image ${name} (img-`);
    await page.getByRole('row').getByRole('link', { name }).waitFor();
    await waitForText(page, `${tag}:${tag}`);
    await expectUnharmed(page);

    await selectRows(page, `Select ${name}`);
    await clickButton(page, 'Share image');
    await closeDialog(dialogOf(page, `Share ${name}`));
    await chooseFromMenu(page, 'Actions', 'Edit details');
    await clickButton(dialogOf(page, `Edit details of ${name}`), 'Save changes');
    await waitForText(page, `Successfully updated image ${name}.`);
    await chooseFromMenu(page, 'Actions', 'Delete image');
    await closeDialog(dialogOf(page, `Delete image ${name}`));
    await expectUnharmed(page);

    await page.getByRole('row').getByRole('link', { name }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await waitForText(page, description);
    await waitForText(page, `${tag}:${tag}`);
    await expectUnharmed(page);

    await share(owner, await anImageOf(owner, region, { name, description }), [recipient.account]);
    const theirs = await openConsole({ account: recipient.account, path: '/shared-images', heading: 'Shared images' });
    await theirs.getByRole('row').getByRole('link', { name }).waitFor();
    await theirs.getByRole('radio').click();
    await chooseFromMenu(theirs, 'Actions', 'Save a copy');
    await clickButton(dialogOf(theirs, 'Save a copy'), 'Save a copy');
    await waitForText(theirs, `New image: ${name} (img-`);
    await expectUnharmed(theirs);
  });
});
