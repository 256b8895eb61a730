import type { Locator, Page } from 'playwright-core';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { freshMembers } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { anImageOf, type Member } from '../support/client.ts';

/** Images belong to projects here, and sharing them has to be confirmed. */
const region = 'cn-bj2';
/** No page has more that can be reached with the Tab key. */
const tabsMax = 60;

let owner: Member;
let recipients: readonly [Member, Member];

beforeAll(async () => {
  const [one, ...others] = (await freshMembers(3)) as [Member, Member, Member];
  owner = one;
  recipients = others;
});

const hasFocus = (element: Locator): Promise<boolean> => element.evaluate((one) => one === one.ownerDocument.activeElement);

/** What is to be seen at and around an element. */
async function lookOf(page: Page, element: Locator): Promise<Buffer> {
  const { x, y, width, height } = (await element.boundingBox()) as { x: number; y: number; width: number; height: number };
  return page.screenshot({ clip: { x: x - 6, y: y - 6, width: width + 12, height: height + 12 }, animations: 'disabled' });
}

/** Presses Tab, or Shift and Tab, until the element has the focus, and makes sure that one sees it there. */
async function reach(page: Page, element: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await element.waitFor();
  await element.scrollIntoViewIfNeeded();
  const before = await lookOf(page, element);
  for (let pressed = 0; pressed < tabsMax; pressed += 1) {
    await page.keyboard.press(key);
    if (await hasFocus(element)) {
      expect((await lookOf(page, element)).equals(before)).toBe(false);
      return;
    }
  }
  throw new Error(`${tabsMax} times ${key} do not lead to ${element}`);
}

/** Whether the focus is within the element. */
const holdsFocus = (element: Locator): Promise<boolean> =>
  element.evaluate((one) => one.contains(one.ownerDocument.activeElement));

describe('the keyboard alone', () => {
  it('shares an image and ends a share, and the focus goes into each dialog and back', async () => {
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
    await reach(page, button('Share'), 'Shift+Tab');
    await keyboard.press('Enter');

    const field = dialog.getByLabel('Recipients').first();
    await field.waitFor();
    expect(await hasFocus(field)).toBe(true);
    await keyboard.type(`${first}, ${second}`);
    await keyboard.press('Enter');
    await dialog.getByText('The service knows these ids').waitFor();
    await reach(page, dialog.getByRole('checkbox', { name: 'I confirm that it holds nothing sensitive.' }));
    await keyboard.press('Space');
    await reach(page, dialog.getByRole('button', { name: 'Share', exact: true }));
    await keyboard.press('Enter');
    await dialog.getByText('Shared with 2 recipients').waitFor();
    expect(await holdsFocus(dialog)).toBe(true);
    await keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await hasFocus(button('Share'))).toBe(true);

    await reach(page, page.getByRole('link', { name: 'by-keys' }));
    await keyboard.press('Enter');
    await reach(page, page.getByRole('checkbox', { name: `Select ${first}` }));
    await keyboard.press('Space');
    await reach(page, button('Cancel shares'), 'Shift+Tab');
    await keyboard.press('Enter');
    await dialog.getByText('1 recipient will lose the image').waitFor();
    expect(await holdsFocus(dialog)).toBe(true);
    await reach(page, dialog.getByRole('button', { name: 'Cancel 1 share' }));
    await keyboard.press('Enter');
    await dialog.getByText('1 share ended.').waitFor();
    expect(await holdsFocus(dialog)).toBe(true);
    await keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });

    expect(await hasFocus(button('Cancel shares'))).toBe(true);
    expect((await owner.ok(listImageShares, { region, imageId })).shares).toMatchObject([{ recipient: second }]);
  });
});
