import type { Locator, Page } from 'playwright-core';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { freshMembers } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { anImageOf, type Member } from '../support/client.ts';

/** Images belong to projects here, and sharing requires confirmation. */
const region = 'cn-bj2';
/** An upper bound for the tab stops of a page. */
const tabsMax = 60;

let owner: Member;
let recipients: readonly [Member, Member];

beforeAll(async () => {
  const [firstMember, ...others] = (await freshMembers(3)) as [Member, Member, Member];
  owner = firstMember;
  recipients = others;
});

const hasFocus = (element: Locator): Promise<boolean> =>
  element.evaluate((firstMember) => firstMember === firstMember.ownerDocument.activeElement);

/** A screenshot of an element and its surroundings. */
async function screenshotOf(page: Page, element: Locator): Promise<Buffer> {
  const { x, y, width, height } = (await element.boundingBox()) as { x: number; y: number; width: number; height: number };
  return page.screenshot({ clip: { x: x - 6, y: y - 6, width: width + 12, height: height + 12 }, animations: 'disabled' });
}

/** Tabs to the element and expects a visible focus indicator. */
async function reach(page: Page, element: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await element.waitFor();
  await element.scrollIntoViewIfNeeded();
  const before = await screenshotOf(page, element);
  for (let pressed = 0; pressed < tabsMax; pressed += 1) {
    await page.keyboard.press(key);
    if (await hasFocus(element)) {
      expect((await screenshotOf(page, element)).equals(before)).toBe(false);
      return;
    }
  }
  throw new Error(`${element} isn't reached by pressing ${key} ${tabsMax} times`);
}

const containsFocus = (element: Locator): Promise<boolean> =>
  element.evaluate((firstMember) => firstMember.contains(firstMember.ownerDocument.activeElement));

describe('with the keyboard only', () => {
  it('users share an image and stop sharing it, and the focus moves into each dialog and back', async () => {
    const { imageId } = await anImageOf(owner, region, { name: 'by-keys' });
    const [{ project: first }, { project: second }] = recipients;
    const page = await openConsole({ account: owner.account, path: '/images', heading: 'Custom images' });
    const { keyboard } = page;
    const button = (name: string) => page.getByRole('button', { name, exact: true }).first();
    const dialog = page.getByRole('dialog');

    await reach(page, page.getByRole('button', { name: /^Region: / }));
    await keyboard.press('Enter');
    await page.getByRole('menuitem', { name: region }).waitFor();
    while (!(await hasFocus(page.getByRole('menuitem', { name: region })))) {
      await keyboard.press('ArrowDown');
    }
    await keyboard.press('Enter');
    await reach(page, page.getByRole('checkbox', { name: 'Select by-keys' }));
    await keyboard.press('Space');
    await reach(page, button('Share image'), 'Shift+Tab');
    await keyboard.press('Enter');

    const field = dialog.getByLabel('Project IDs').first();
    await field.waitFor();
    expect(await hasFocus(field)).toBe(true);
    await keyboard.type(`${first}, ${second}`);
    await keyboard.press('Enter');
    await dialog.getByText('All IDs are valid').waitFor();
    await reach(
      page,
      dialog.getByRole('checkbox', { name: 'I confirm that this image contains no sensitive data or software.' }),
    );
    await keyboard.press('Space');
    await reach(page, dialog.getByRole('button', { name: 'Share image', exact: true }));
    await keyboard.press('Enter');
    await dialog.getByText('Shared with 2 recipients').waitFor();
    expect(await containsFocus(dialog)).toBe(true);
    await keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await hasFocus(button('Share image'))).toBe(true);

    await reach(page, page.getByRole('link', { name: 'by-keys' }));
    await keyboard.press('Enter');
    await reach(page, page.getByRole('checkbox', { name: `Select ${first}` }));
    await keyboard.press('Space');
    await reach(page, button('Stop sharing'), 'Shift+Tab');
    await keyboard.press('Enter');
    await dialog.getByText('1 recipient will lose access').waitFor();
    expect(await containsFocus(dialog)).toBe(true);
    await reach(page, dialog.getByRole('button', { name: 'Stop sharing', exact: true }));
    await keyboard.press('Enter');
    await dialog.getByText('Successfully stopped sharing with 1 recipient.').waitFor();
    expect(await containsFocus(dialog)).toBe(true);
    await keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });

    expect(await hasFocus(button('Stop sharing'))).toBe(true);
    expect((await owner.ok(listImageShares, { region, imageId })).shares).toMatchObject([{ recipient: second }]);
  });
});
