import { listImageShares } from '../../functions/list-image-shares.ts';
import { freshMembers } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
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
    const page = await openConsole({ account: owner.account, path: `/images/${region}/${imageId}`, heading: 'walked' });

    await page.getByRole('button', { name: 'Share', exact: true }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Recipients').first().fill(recipient.account);
    await page.keyboard.press('Enter');
    await dialog.getByText('The service knows these ids').waitFor();
    await dialog.getByRole('button', { name: 'Share', exact: true }).click();
    await dialog.getByText('Shared with 1 recipient').first().waitFor();

    expect(await owner.ok(listImageShares, { region, imageId })).toMatchObject({ shares: [{ recipient: recipient.account }] });
    const theirs = await openConsole({ account: recipient.account, path: '/shared-images', heading: 'Shared images' });
    await theirs.getByText('walked').first().waitFor();
  });

  it('takes 50 ids at once, and says in words that there is no place for a 51st', async () => {
    const { imageId } = await anImageOf(owner, region, { name: 'full' });
    await share(owner, { region, imageId }, [recipient.account]);
    const page = await openConsole({ account: owner.account, path: `/images/${region}/${imageId}`, heading: 'full' });

    await page.getByRole('button', { name: 'Share', exact: true }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog
      .getByLabel('Recipients')
      .first()
      .fill(
        others
          .slice(0, 50)
          .map(({ account }) => account)
          .join(', '),
      );
    await page.keyboard.press('Enter');
    await dialog.getByText('50 recipients entered').waitFor();

    await dialog.getByText(/1 too many: 1 of 50 places are taken/).waitFor();
    expect((await owner.ok(listImageShares, { region, imageId })).used).toBe(1);
  });

  it('signs out, in every tab', async () => {
    const page = await openConsole({ account: owner.account, path: '/images', heading: 'Custom images' });
    const second = await page.context().newPage();
    await second.goto(`${origin()}/console/account`);
    await second.getByRole('heading', { level: 1, name: 'Account' }).waitFor();
    await page.getByRole('button', { name: owner.account }).first().click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();

    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await second.getByRole('heading', { name: 'You are signed out' }).waitFor();
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
    expect(await second.evaluate('sessionStorage.length')).toBe(0);
  });
});
