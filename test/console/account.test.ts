import { readFile } from 'node:fs/promises';
import { listAccessKeys } from '../../functions/list-access-keys.ts';
import { putAccount } from '../../functions/put-account.ts';
import { freshMember, operator } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { anImageOf } from '../support/client.ts';
import { clickButton, dialogOf, rowOf, selectRows, waitForNone, waitForNoText, waitForText } from '../support/console.ts';

const region = 'ap-guangzhou';

describe('the Account page', () => {
  it('fits a narrow screen even if the name is one long word', async () => {
    const { account } = await freshMember();
    const name = 'm'.repeat(60);
    await operator().ok(putAccount, { accountId: account, name });
    const page = await openConsole({ account, path: '/account', heading: 'Account' });
    await page.setViewportSize({ width: 375, height: 900 });
    await waitForText(page.getByRole('table', { name: 'Image quotas' }), name);
    await page.getByRole('button', { name: `Account or project ${name}` }).waitFor();

    await page.waitForFunction('document.documentElement.scrollWidth <= innerWidth');
  });

  it('shows IDs and quotas', async () => {
    const member = await freshMember();
    await anImageOf(member, region);
    const page = await openConsole({ account: member.account, path: '/account', heading: 'Account' });

    await waitForText(page, 'To receive shared images, send the owner your account ID');
    await page.getByRole('button', { name: `Copy ${member.account}` }).waitFor();
    const projects = page.getByRole('table', { name: 'Projects' });
    await waitForText(rowOf(projects, member.project), 'Default');
    const quotas = page.getByRole('table', { name: 'Image quotas' });
    await page.getByLabel('Find by region, ID, or name').fill(region);
    await waitForNone(rowOf(quotas, 'cn-bj2'));
    await waitForText(rowOf(quotas, region), '1 of 500');

    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await clickButton(page, 'Region: Guangzhou (ap-guangzhou)');
    for (const text of ['Sharing rules differ between clouds.', 'Tencent Cloud', 'Alibaba Cloud', 'UCloud']) {
      await waitForText(page.locator('#top'), text);
    }
    await page.getByRole('menuitem', { name: 'Beijing 2' }).click();
    await page.getByRole('button', { name: 'Region: Beijing 2 (cn-bj2)' }).waitFor();
    for (const [entry, id] of [
      ['Copy account ID', member.account],
      ['Copy project ID', member.project],
    ] as const) {
      await page.locator('#top').getByRole('button', { name: member.account }).click();
      await page.getByRole('menuitem', { name: entry }).filter({ visible: true }).click();
      await waitForText(page, `Copied ${id}.`);
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(id);
    }
  });

  it('creates an access key, shows its secret once, and disables, enables, and deletes the key', async () => {
    const member = await freshMember();
    const keys = async () => (await member.ok(listAccessKeys)).accessKeys;
    const page = await openConsole({ account: member.account, path: '/account', heading: 'Account' });
    await waitForText(page, 'No access keys');

    await clickButton(page, 'Create access key');
    await clickButton(dialogOf(page, 'Create access key'), 'Create access key');
    const made = dialogOf(page, 'Retrieve access key');
    await waitForText(made, 'This is the only time that you can view the secret access key.');
    const [key] = await keys();
    const keyId: string = key?.keyId ?? '';
    await waitForText(made, keyId);
    const secret = (await made.getByText(/^[A-Za-z0-9]{40}$/).textContent()) ?? '';
    expect(secret).toMatch(/^[A-Za-z0-9]{40}$/);
    const file = page.waitForEvent('download');
    await clickButton(made, 'Download CSV');
    const download = await file;
    expect(download.suggestedFilename()).toBe(`access-key-${keyId}.csv`);
    expect(await readFile(await download.path(), 'utf8')).toBe(`\uFEFFAccess key ID,Secret access key\r\n${keyId},${secret}\r\n`);
    await clickButton(made, 'Done');
    const leaving = dialogOf(page, 'Did you save the secret access key?');
    await clickButton(leaving, 'Go back');
    await waitForText(made, secret);
    await made.getByRole('button', { name: 'Close', exact: true }).click();
    await clickButton(leaving, 'Close dialog');
    await waitForText(page, `Successfully created access key ${keyId}.`);
    expect(await page.getByText(secret).count()).toBe(0);
    expect(await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')).not.toContain(secret);

    await waitForText(rowOf(page, keyId), 'Never used');
    await selectRows(page, `Select ${keyId}`);
    await clickButton(page, 'Disable');
    const disabling = dialogOf(page, 'Disable access key');
    await waitForText(disabling, `Requests signed with ${keyId} are denied`);
    await clickButton(disabling, 'Disable access key');
    await waitForText(rowOf(page, keyId), 'Disabled');
    expect(await keys()).toMatchObject([{ keyId, state: 'disabled' }]);

    await clickButton(page, 'Enable');
    await clickButton(dialogOf(page, 'Enable access key'), 'Enable access key');
    await waitForText(rowOf(page, keyId), 'Active');
    expect(await keys()).toMatchObject([{ keyId, state: 'active' }]);

    await clickButton(page, 'Delete');
    const deleting = dialogOf(page, 'Delete access key');
    const confirm = deleting.getByRole('button', { name: 'Delete access key', exact: true });
    expect(await confirm.isDisabled()).toBe(true);
    await deleting.getByRole('textbox').fill(keyId.slice(-4));
    await confirm.click();
    await waitForText(page, `Successfully deleted access key ${keyId}.`);
    await waitForText(page, 'No access keys');
    await waitForNoText(page.getByRole('table'), keyId);
    expect(await keys()).toEqual([]);
  });
});
