import type { Locator, Page } from 'playwright-core';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { freshMembers } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { anImageOf, type Member, share } from '../support/client.ts';
import { waitForText } from '../support/console.ts';

/** A region where images belong to projects, and where sharing must be confirmed. */
const region = 'cn-bj2';
const imageName = 'keyboard-image';
/** No page has more tab stops, and no menu more items. */
const pressesMax = 60;

let owner: Member;
let recipients: readonly [Member, Member];

beforeAll(async () => {
  const [firstMember, ...others] = (await freshMembers(3)) as [Member, Member, Member];
  owner = firstMember;
  recipients = others;
});

const isFocused = (element: Locator): Promise<boolean> => element.evaluate((node) => node === node.ownerDocument.activeElement);

const containsFocus = (element: Locator): Promise<boolean> =>
  element.evaluate((node) => node.contains(node.ownerDocument.activeElement));

/** Presses a key until the element has the focus. */
async function pressUntilFocused(page: Page, element: Locator, key: string): Promise<void> {
  for (let presses = 0; presses < pressesMax; presses += 1) {
    await page.keyboard.press(key);
    if (await isFocused(element)) {
      return;
    }
  }
  throw new Error(`${element} isn't focused after pressing ${key} ${pressesMax} times`);
}

/** A screenshot of an element and its surroundings. */
async function screenshotOf(page: Page, element: Locator): Promise<Buffer> {
  const { x, y, width, height } = (await element.boundingBox()) as { x: number; y: number; width: number; height: number };
  return page.screenshot({ clip: { x: x - 6, y: y - 6, width: width + 12, height: height + 12 }, animations: 'disabled' });
}

/**
 * Tabs to the element and expects a visible focus indicator. What it looks like isn't checked, only that something around the
 * element changes.
 */
async function tabTo(page: Page, element: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await element.waitFor();
  await element.scrollIntoViewIfNeeded();
  const before = await screenshotOf(page, element);
  await pressUntilFocused(page, element, key);
  expect((await screenshotOf(page, element)).equals(before)).toBe(false);
}

const buttonOf = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true }).first();

async function chooseRegion(page: Page): Promise<void> {
  await tabTo(page, page.getByRole('button', { name: /^Region: / }));
  await page.keyboard.press('Enter');
  const item = page.getByRole('menuitem', { name: region });
  await item.waitFor();
  if (!(await isFocused(item))) {
    await pressUntilFocused(page, item, 'ArrowDown');
  }
  await page.keyboard.press('Enter');
}

/** Shares the image from the list of images. */
async function shareWith(page: Page, ids: readonly (string | undefined)[]): Promise<void> {
  const { keyboard } = page;
  const dialog = page.getByRole('dialog');
  await tabTo(page, page.getByRole('checkbox', { name: `Select ${imageName}` }));
  await keyboard.press('Space');
  await tabTo(page, buttonOf(page, 'Share image'), 'Shift+Tab');
  await keyboard.press('Enter');

  const field = dialog.getByLabel('Project IDs').first();
  await field.waitFor();
  expect(await isFocused(field)).toBe(true);
  await keyboard.type(ids.join(', '));
  await keyboard.press('Enter');
  await dialog.getByText('All IDs are valid').waitFor();
  await tabTo(page, dialog.getByRole('checkbox', { name: /^I confirm that this image contains no sensitive data/ }));
  await keyboard.press('Space');
  await tabTo(page, buttonOfDialog(dialog, 'Share image'));
  await keyboard.press('Enter');
  await waitForText(page, `Shared ${imageName} with ${ids.length} recipients.`);
  await dialog.waitFor({ state: 'detached' });
  expect(await isFocused(buttonOf(page, 'Share image'))).toBe(true);
}

/** Stops sharing on the page of the image. */
async function stopSharingWith(page: Page, id: string | undefined): Promise<void> {
  const { keyboard } = page;
  const dialog = page.getByRole('dialog');
  await tabTo(page, page.getByRole('link', { name: imageName }));
  await keyboard.press('Enter');
  await tabTo(page, page.getByRole('checkbox', { name: `Select ${id}` }));
  await keyboard.press('Space');
  await tabTo(page, buttonOf(page, 'Stop sharing'), 'Shift+Tab');
  await keyboard.press('Enter');
  await dialog.getByText('1 recipient will lose access').waitFor();
  expect(await containsFocus(dialog)).toBe(true);
  await tabTo(page, buttonOfDialog(dialog, 'Stop sharing'));
  await keyboard.press('Enter');
  await waitForText(page, `Successfully stopped sharing ${imageName} with 1 recipient.`);
  await dialog.waitFor({ state: 'detached' });
  expect(await isFocused(buttonOf(page, 'Stop sharing'))).toBe(true);
}

const buttonOfDialog = (dialog: Locator, name: string): Locator => dialog.getByRole('button', { name, exact: true });

describe('with the keyboard only', () => {
  it('an image can be shared and unshared, and each dialog takes the focus and returns it', async () => {
    const { imageId } = await anImageOf(owner, region, { name: imageName });
    const [first, second] = recipients;
    const page = await openConsole({ account: owner.account, path: '/images', heading: 'Custom images' });

    await chooseRegion(page);
    await shareWith(page, [first.project, second.project]);
    await stopSharingWith(page, first.project);

    expect((await owner.ok(listImageShares, { region, imageId })).shares).toMatchObject([{ recipient: second.project }]);
  });

  it('everything that is shared with a recipient can be stopped', async () => {
    const [sharer, { project: leaver }] = (await freshMembers(2)) as [Member, Member];
    const { imageId } = await anImageOf(sharer, region);
    await share(sharer, { region, imageId }, [leaver]);
    const page = await openConsole({ account: sharer.account, path: '/recipients', heading: 'Recipients' });
    const { keyboard } = page;
    const dialog = page.getByRole('dialog');

    await tabTo(page, page.getByRole('radio', { name: `Select ${leaver}` }));
    await keyboard.press('Space');
    await tabTo(page, buttonOf(page, 'Stop all sharing'), 'Shift+Tab');
    await keyboard.press('Enter');
    await dialog.getByText(/loses access to 1 image/).waitFor();
    expect(await isFocused(dialog.getByRole('textbox'))).toBe(true);
    await keyboard.type(leaver);
    await keyboard.press('Enter');
    await waitForText(page, `Stopped sharing 1 image with ${leaver}.`);
    await dialog.waitFor({ state: 'detached' });
    expect(await isFocused(buttonOf(page, 'Stop all sharing'))).toBe(true);
    expect((await sharer.ok(listImageShares, { region, imageId })).shares).toEqual([]);
  });
});
