import type { Page } from 'playwright-core';
import { freshMembers } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { anImageOf, type Member, share } from '../support/client.ts';
import { choose, closeDialog, dialogOf, press, sees, selectRows } from '../support/console.ts';

const region = 'ap-guangzhou';
const name = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
const description = '<svg onload="window.hacked=1"></svg><b>bold</b>';
const label = '<script>window.hacked=1</script>';

/** Nothing of what was typed became an element, and nothing of it ran. */
async function expectUnharmed(page: Page): Promise<void> {
  expect(await page.locator('img[src="x"], svg[onload], body script:not([src])').count()).toBe(0);
  expect(await page.evaluate('window.hacked')).toBeUndefined();
}

describe('a name that looks like a page', () => {
  it('stays text in tables, details, dialogs and notices, for its owner and for its recipient', async () => {
    const [owner, recipient] = (await freshMembers(2)) as [Member, Member];
    const page = await openConsole({ account: owner.account, path: '/images', heading: 'Custom images' });
    await press(page, 'Register image');
    const registering = dialogOf(page, 'Register image');
    await registering.getByLabel('Name').fill(name);
    await registering.getByLabel('Description').fill(description);
    await press(registering, 'Add label');
    await registering.getByRole('textbox', { name: 'Key' }).fill(label);
    await registering.getByRole('textbox', { name: 'Value' }).fill(label);
    await press(registering, 'Register');
    await sees(page, `${name} was registered as img-`);
    await page.getByRole('row').getByRole('link', { name }).waitFor();
    await sees(page, `${label}:${label}`);
    await expectUnharmed(page);

    await selectRows(page, `Select ${name}`);
    await press(page, 'Share');
    await closeDialog(dialogOf(page, `Share ${name}`));
    await choose(page, 'Actions', 'Edit');
    await press(dialogOf(page, `Edit ${name}`), 'Save');
    await sees(page, `${name} was changed.`);
    await choose(page, 'Actions', 'Delete');
    await closeDialog(dialogOf(page, `Delete ${name}`));
    await expectUnharmed(page);

    await page.getByRole('row').getByRole('link', { name }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await sees(page, description);
    await sees(page, `${label}:${label}`);
    await expectUnharmed(page);

    await share(owner, await anImageOf(owner, region, { name, description }), [recipient.account]);
    const theirs = await openConsole({ account: recipient.account, path: '/shared-images', heading: 'Shared images' });
    await theirs.getByRole('row').getByRole('link', { name }).waitFor();
    await theirs.getByRole('radio').click();
    await choose(theirs, 'Actions', 'Save as own');
    await press(dialogOf(theirs, 'Save as own image'), 'Save as own');
    await sees(theirs, `${name} is being saved as img-`);
    await expectUnharmed(theirs);
  });
});
