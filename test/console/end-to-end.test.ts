import { listImageShares } from '../../functions/list-image-shares.ts';
import { freshMembers } from '../support/api.ts';
import { openConsole, openConsoleBySigningIn } from '../support/browser.ts';
import { anImageOf, type Member, share } from '../support/client.ts';
import { origin } from '../support/service.ts';

const region = 'ap-guangzhou';
let owner: Member;
let recipient: Member;
let others: Member[];

beforeAll(async () => {
  [owner, recipient, ...others] = (await freshMembers(52)) as [Member, Member, ...Member[]];
});

describe('the console', () => {
  it('lets an owner share an image, and its recipient finds it', async () => {
    const { imageId } = await anImageOf(owner, region, { name: 'walked' });
    const path = `/images/${region}/${imageId}`;
    const page = await openConsoleBySigningIn({ account: owner.account, path, heading: 'walked' });

    await page.getByRole('button', { name: 'Share image', exact: true }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Account IDs').first().fill(recipient.account);
    await page.keyboard.press('Enter');
    await dialog.getByText('All IDs are valid').waitFor();
    await dialog.getByRole('button', { name: 'Share image', exact: true }).click();
    await page.getByText('Shared walked with 1 recipient.').first().waitFor();

    expect(await owner.ok(listImageShares, { region, imageId })).toMatchObject({ shares: [{ recipient: recipient.account }] });
    const theirs = await openConsole({ account: recipient.account, path: '/shared-images', heading: 'Shared images' });
    await theirs.getByText('walked').first().waitFor();
  });

  it('accepts 50 IDs, and explains that a 51st recipient exceeds the limit', async () => {
    const { imageId } = await anImageOf(owner, region, { name: 'full' });
    await share(owner, { region, imageId }, [recipient.account]);
    const page = await openConsole({ account: owner.account, path: `/images/${region}/${imageId}`, heading: 'full' });

    await page.getByRole('button', { name: 'Share image', exact: true }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog
      .getByLabel('Account IDs')
      .first()
      .fill(
        others
          .slice(0, 50)
          .map(({ account }) => account)
          .join(', '),
      );
    await page.keyboard.press('Enter');
    await dialog.getByText(/^50 recipients$/).waitFor();

    await dialog.getByText(/1 recipient over the sharing limit: this image is already shared with 1 of 50 recipients/).waitFor();
    expect((await owner.ok(listImageShares, { region, imageId })).used).toBe(1);
  });

  it('signs out, in every tab', async () => {
    const page = await openConsoleBySigningIn({ account: owner.account, path: '/images', heading: 'Custom images' });
    const second = await page.context().newPage();
    await second.goto(`${origin()}/console/account`);
    await second.getByRole('heading', { level: 1, name: 'Account' }).waitFor();
    await page.getByRole('button', { name: owner.account }).first().click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();

    await page.getByRole('heading', { name: "You're signed out" }).waitFor();
    await second.getByRole('heading', { name: "You're signed out" }).waitFor();
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
    expect(await second.evaluate('sessionStorage.length')).toBe(0);
  });
});
