import type { BrowserContext, Locator, Page } from 'playwright-core';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { freshMembers } from '../support/api.ts';
import { openConsole, openPage, signInAs } from '../support/browser.ts';
import { anImageOf, type Member } from '../support/client.ts';
import { closeDialog, dialogOf, enterRecipients, press, sees } from '../support/console.ts';
import { issuer, origin } from '../support/service.ts';

const region = 'ap-guangzhou';
let owner: Member;
let recipient: Member;
let somebodyElse: Member;

beforeAll(async () => {
  [owner, recipient, somebodyElse] = (await freshMembers(3)) as [Member, Member, Member];
});

/** From now on the service refuses the token of this session, which arrives there spoiled; others arrive as they are. */
async function spoilToken(page: Page): Promise<void> {
  const token = (await page.evaluate('JSON.parse(Object.values(sessionStorage)[0]).access_token')) as string;
  await page.route(`${origin()}/v1/**`, (route) => {
    const headers = route.request().headers();
    const isOfThisSession = headers['authorization'] === `Bearer ${token}`;
    return route.continue({ headers: { ...headers, ...(isOfThisSession && { authorization: `Bearer ${token}spoiled` }) } });
  });
}

/** The issuer knows nobody any more who signed in there. */
const endIssuerSession = (context: BrowserContext) => context.clearCookies();

/** Signs in, in the window that the prompt opens. */
async function signInFrom(prompt: Locator, account: string): Promise<void> {
  const opened = prompt.page().waitForEvent('popup');
  await press(prompt, 'Sign in');
  const popup = await opened;
  const closed = popup.waitForEvent('close');
  await signInAs(popup, account);
  await closed;
}

describe('a session that ends', () => {
  it('loses nothing that was typed: who signs in again goes on and shares', async () => {
    const { imageId } = await anImageOf(owner, region, { name: 'typed-for' });
    const page = await openConsole({ account: owner.account, path: `/images/${region}/${imageId}`, heading: 'typed-for' });
    await press(page, 'Share');
    const dialog = dialogOf(page, 'Share typed-for');
    await enterRecipients(dialog, recipient.account);
    await dialog.getByRole('textbox', { name: 'Recipients' }).fill(somebodyElse.account);
    await sees(dialog, 'The service knows these ids');

    await spoilToken(page);
    await press(dialog, 'Share');
    const prompt = dialogOf(page, 'Your session has ended');
    await sees(prompt, 'Sign in again to go on. Nothing that you typed is lost.');
    expect((await owner.ok(listImageShares, { region, imageId })).used).toBe(0);

    await endIssuerSession(page.context());
    await signInFrom(prompt, owner.account);
    await prompt.waitFor({ state: 'detached' });
    await sees(dialog, '2 recipients entered');
    await dialog.getByRole('button', { name: /^(Share|Try again for what was refused)$/ }).click();
    await sees(dialog, 'Shared with 2 recipients.');
    const { shares } = await owner.ok(listImageShares, { region, imageId });
    expect(shares.map((one) => one.recipient).sort()).toEqual([recipient.account, somebodyElse.account].sort());
  });

  it('is told when its time is over; who signs in as another account is told so, and can still be the right one', async () => {
    await anImageOf(owner, region, { name: 'still-here' });
    const page = await openPage();
    await page.clock.install();
    await page.goto(`${origin()}/console/images`);
    await page.waitForURL(`${issuer()}/**`);
    await signInAs(page, owner.account);
    await sees(page, 'still-here');

    await page.clock.fastForward('01:00:01');
    const prompt = dialogOf(page, 'Your session has ended');
    await endIssuerSession(page.context());
    await signInFrom(prompt, somebodyElse.account);
    await sees(prompt, `You signed in with another account. Sign in as ${owner.account}, or reload the page.`);
    await page.getByRole('link', { name: 'still-here' }).waitFor();

    await signInFrom(prompt, owner.account);
    await prompt.waitFor({ state: 'detached' });
    await press(page, 'Refresh');
    await sees(page, 'still-here');
  });

  it('can be looked past, and says again that it has ended at the next call', async () => {
    const page = await openConsole({ account: recipient.account, path: '/images', heading: 'Custom images' });
    await sees(page, 'No custom images');
    await spoilToken(page);
    await press(page, 'Refresh');
    const prompt = dialogOf(page, 'Your session has ended');
    await closeDialog(prompt);
    await page.getByRole('heading', { level: 1, name: 'Custom images' }).waitFor();

    await press(page, 'Refresh');
    await prompt.waitFor();
  });
});
