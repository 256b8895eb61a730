import type { BrowserContext, Locator, Page } from 'playwright-core';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { freshMembers } from '../support/api.ts';
import { openConsole, openPage, signInAs } from '../support/browser.ts';
import { anImageOf, type Member, share } from '../support/client.ts';
import { clickButton, closeDialog, dialogOf, enterRecipients, waitForText } from '../support/console.ts';
import { issuer, origin } from '../support/service.ts';

const region = 'ap-guangzhou';
let owner: Member;
let recipient: Member;
let somebodyElse: Member;

beforeAll(async () => {
  [owner, recipient, somebodyElse] = (await freshMembers(3)) as [Member, Member, Member];
});

/** Makes the service reject the token of this session. Later tokens work. */
async function invalidateToken(page: Page): Promise<void> {
  const token = (await page.evaluate('JSON.parse(Object.values(sessionStorage)[0]).access_token')) as string;
  await page.route(`${origin()}/v1/**`, (route) => {
    const headers = route.request().headers();
    const isOfThisSession = headers['authorization'] === `Bearer ${token}`;
    return route.continue({ headers: { ...headers, ...(isOfThisSession && { authorization: `Bearer ${token}spoiled` }) } });
  });
}

/** Signs everyone out at the identity provider. */
const endIssuerSession = (context: BrowserContext) => context.clearCookies();

/** Signs in through the popup that the prompt opens. */
async function signInFrom(prompt: Locator, account: string): Promise<void> {
  const opened = prompt.page().waitForEvent('popup');
  await clickButton(prompt, 'Sign in');
  const popup = await opened;
  const closed = popup.waitForEvent('close');
  await signInAs(popup, account);
  await closed;
}

describe('a session that expires', () => {
  it('keeps the input, so that the user signs in again and continues to share', async () => {
    const { imageId } = await anImageOf(owner, region, { name: 'typed-for' });
    const page = await openConsole({ account: owner.account, path: `/images/${region}/${imageId}`, heading: 'typed-for' });
    await clickButton(page, 'Share image');
    const dialog = dialogOf(page, 'Share typed-for');
    await enterRecipients(dialog, recipient.account);
    await dialog.getByRole('textbox', { name: 'Account IDs' }).fill(somebodyElse.account);
    await waitForText(dialog, 'All IDs are valid');

    await invalidateToken(page);
    await clickButton(dialog, 'Share image');
    const prompt = dialogOf(page, 'Your session has expired');
    await waitForText(prompt, 'Sign in again to continue. Your unsaved work on this page is kept.');
    expect((await owner.ok(listImageShares, { region, imageId })).used).toBe(0);

    await endIssuerSession(page.context());
    await signInFrom(prompt, owner.account);
    await prompt.waitFor({ state: 'detached' });
    await waitForText(dialog, /^2 recipients$/);
    // If the response with the expired token came last, its alert offers "Retry" as well.
    await dialog
      .getByRole('button', { name: /^(Share image|Retry)$/ })
      .last()
      .click();
    await waitForText(page, 'Shared typed-for with 2 recipients.');
    const { shares } = await owner.ok(listImageShares, { region, imageId });
    expect(shares.map((share) => share.recipient).sort()).toEqual([recipient.account, somebodyElse.account].sort());
  });

  it('loads a list again that the service rejects only after the user signed in again', async () => {
    const image = await anImageOf(owner, region, { name: 'rejected-late' });
    await share(owner, image, [recipient.account]);
    const page = await openConsole({ account: recipient.account, path: '/images', heading: 'Custom images' });
    await invalidateToken(page);
    const { promise: hasSignedIn, resolve: goOn } = Promise.withResolvers<void>();
    const list = (url: URL) => url.searchParams.get('scope') === 'shared';
    const late = page.waitForRequest((request) => list(new URL(request.url())));
    await page.route(
      list,
      async (route) => {
        await hasSignedIn;
        await route.fallback();
      },
      { times: 1 },
    );

    await page.getByRole('link', { name: 'Shared images' }).click();
    await late;
    const prompt = dialogOf(page, 'Your session has expired');
    await prompt.waitFor();
    await endIssuerSession(page.context());
    await signInFrom(prompt, recipient.account);
    await prompt.waitFor({ state: 'detached' });
    goOn();

    await page.getByRole('link', { name: 'rejected-late' }).waitFor();
    expect(await prompt.count()).toBe(0);
  });

  it('prompts when the token expires, rejects a different account, and accepts the right one after that', async () => {
    await anImageOf(owner, region, { name: 'still-here' });
    const page = await openPage();
    const languages: (string | null)[] = [];
    page.context().on('request', (request) => {
      const url = new URL(request.url());
      if (url.href.startsWith(`${issuer()}/auth?`)) {
        languages.push(url.searchParams.get('ui_locales'));
      }
    });
    await page.clock.install();
    await page.goto(`${origin()}/console/images`);
    await page.waitForURL(`${issuer()}/**`);
    await signInAs(page, owner.account);
    await waitForText(page, 'still-here');

    await page.clock.fastForward('01:00:01');
    const prompt = dialogOf(page, 'Your session has expired');
    await endIssuerSession(page.context());
    await signInFrom(prompt, somebodyElse.account);
    await waitForText(
      prompt,
      `You signed in with a different account. Sign in as ${owner.account}, or reload the page to switch accounts.`,
    );
    await page.getByRole('link', { name: 'still-here' }).waitFor();

    await signInFrom(prompt, owner.account);
    await prompt.waitFor({ state: 'detached' });
    expect(languages).toEqual(['en', 'en', 'en']);
    await clickButton(page, 'Refresh');
    await waitForText(page, 'still-here');
  });

  it('lets the user dismiss the prompt, and prompts again at the next request', async () => {
    const page = await openConsole({ account: recipient.account, path: '/images', heading: 'Custom images' });
    await waitForText(page, 'No custom images');
    await invalidateToken(page);
    await clickButton(page, 'Refresh');
    const prompt = dialogOf(page, 'Your session has expired');
    await closeDialog(prompt);
    await page.getByRole('heading', { level: 1, name: 'Custom images' }).waitFor();

    await clickButton(page, 'Refresh');
    await prompt.waitFor();
  });
});
