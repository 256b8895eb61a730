import { listAccessKeys } from '../../functions/list-access-keys.ts';
import { freshMember } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { anImageOf } from '../support/client.ts';
import { dialogOf, press, rowOf, sees, seesNoMore, selectRows, untilNone } from '../support/console.ts';

const region = 'ap-guangzhou';

describe('the page of the account', () => {
  it('shows ids and quotas', async () => {
    const member = await freshMember();
    await anImageOf(member, region);
    const page = await openConsole({ account: member.account, path: '/account', heading: 'Account' });

    await sees(page, 'Give one of these ids to whoever wants to share an image with you.');
    await page.getByRole('button', { name: `Copy ${member.account}` }).waitFor();
    const projects = page.getByRole('table', { name: 'Projects' });
    await sees(rowOf(projects, member.project), 'Default');
    const quotas = page.getByRole('table', { name: 'Image quotas' });
    await page.getByLabel('Find a region, an id or a name').fill(region);
    await untilNone(rowOf(quotas, 'cn-bj2'));
    await sees(rowOf(quotas, region), '1 of 500');
  });

  it('makes an access key whose secret is shown once, disables, enables and deletes it', async () => {
    const member = await freshMember();
    const keys = async () => (await member.ok(listAccessKeys)).accessKeys;
    const page = await openConsole({ account: member.account, path: '/account', heading: 'Account' });
    await sees(page, 'No access keys yet.');

    await press(page, 'Create access key');
    await press(dialogOf(page, 'Create an access key'), 'Create access key');
    const made = dialogOf(page, 'Your new access key');
    await sees(made, 'Copy the secret now. It is not shown again');
    const [key] = await keys();
    const keyId: string = key?.keyId ?? '';
    await sees(made, keyId);
    const secret = (await made.getByText(/^[A-Za-z0-9]{40}$/).textContent()) ?? '';
    expect(secret).toMatch(/^[A-Za-z0-9]{40}$/);
    await press(made, 'Close');
    const leaving = dialogOf(page, 'Have you kept the secret?');
    await press(leaving, 'Show it again');
    await sees(made, secret);
    await made.getByRole('button', { name: 'Close', exact: true }).last().click();
    await press(leaving, 'Yes, I have kept it');
    await sees(page, `Access key ${keyId} was created.`);
    expect(await page.getByText(secret).count()).toBe(0);
    expect(await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')).not.toContain(secret);

    await selectRows(page, `Choose ${keyId}`);
    await press(page, 'Disable');
    const disabling = dialogOf(page, 'Disable the access key');
    await sees(disabling, `every call that is signed with ${keyId} is refused`);
    await press(disabling, 'Disable');
    await sees(rowOf(page, keyId), 'Disabled');
    expect(await keys()).toMatchObject([{ keyId, state: 'disabled' }]);

    await press(page, 'Enable');
    await press(dialogOf(page, 'Enable the access key'), 'Enable');
    await sees(rowOf(page, keyId), 'Active');
    expect(await keys()).toMatchObject([{ keyId, state: 'active' }]);

    await press(page, 'Delete');
    const deleting = dialogOf(page, 'Delete the access key');
    const confirm = deleting.getByRole('button', { name: 'Delete', exact: true });
    expect(await confirm.isDisabled()).toBe(true);
    await deleting.getByRole('textbox').fill(keyId.slice(-4));
    await confirm.click();
    await sees(page, `Access key ${keyId} was deleted.`);
    await sees(page, 'No access keys yet.');
    await seesNoMore(page.getByRole('table'), keyId);
    expect(await keys()).toEqual([]);
  });
});
