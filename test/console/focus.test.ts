import type { Locator, Page } from 'playwright-core';
import { freshMember } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { anImageOf } from '../support/client.ts';
import { clickButton, closeDialog, dialogOf, enterRecipients, rowOf, selectRows, waitForText } from '../support/console.ts';

const region = 'ap-guangzhou';
/** Sharing requires confirmation here. */
const regionWithRisk = 'cn-bj2';

const actionsOf = (page: Page): Locator => page.getByRole('button', { name: 'Actions', exact: true }).first();
const menuItem = (page: Page, name: string): Locator => page.getByRole('menuitem', { name, exact: true });
const hasFocus = (element: Locator): Promise<boolean> => element.evaluate((node) => node === node.ownerDocument.activeElement);

/** A list of custom images in which the only image is selected. */
async function openImages(name: string): Promise<Page> {
  const owner = await freshMember();
  await anImageOf(owner, region, { name });
  const page = await openConsole({ account: owner.account, path: '/images', heading: 'Custom images' });
  await selectRows(page, `Select ${name}`);
  return page;
}

async function centerOf(element: Locator): Promise<[x: number, y: number]> {
  const { x, y, width, height } = (await element.boundingBox()) as { x: number; y: number; width: number; height: number };
  return [x + width / 2, y + height / 2];
}

/** Menu items that open dialogs, and the button that closes each dialog. */
const fromMenu = [
  ['Edit details', 'Cancel'],
  ['Copy image', 'Cancel'],
  ['Deprecate image', 'Cancel'],
  ['Delete image', 'Cancel'],
] as const;
const fromButton = [
  ['Share image', 'Cancel'],
  ['Register image', 'Cancel'],
  ['Preferences', 'Cancel'],
] as const;

/** Ways to close a dialog, each with the button that it presses: the Escape key, the close button, and the footer button. */
const closeMethods: readonly ((dialog: Locator, footerButton: string) => Locator | undefined)[] = [
  () => undefined,
  (dialog) => dialog.getByRole('button', { name: 'Close', exact: true }).first(),
  (dialog, name) => dialog.getByRole('button', { name, exact: true }).last(),
];

/** Every dialog with every way to close it. */
const closings = (dialogs: readonly (readonly [name: string, footerButton: string])[]) =>
  closeMethods.flatMap((buttonOf) => dialogs.map(([name, footerButton]) => ({ name, footerButton, buttonOf })));

/** Expects the menu to be open, and closes it. */
async function expectMenu(page: Page): Promise<void> {
  await menuItem(page, 'Edit details').waitFor();
  expect(await actionsOf(page).getAttribute('aria-expanded')).toBe('true');
  await page.keyboard.press('Escape');
  await menuItem(page, 'Edit details').waitFor({ state: 'hidden' });
}

describe('a dialog that closes', () => {
  it('by key or by button lets the mouse open the menu immediately', async () => {
    const page = await openImages('quick-mouse');
    const { keyboard, mouse } = page;
    const actions = await centerOf(actionsOf(page));
    for (const { name, buttonOf, footerButton } of closings([...fromMenu, ...fromButton])) {
      if (fromMenu.some(([item]) => item === name)) {
        await mouse.click(...actions);
        await menuItem(page, name).click();
      } else {
        await clickButton(page, name);
      }
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      const button = buttonOf(dialog, footerButton);
      if (button === undefined) {
        await Promise.all([keyboard.press('Escape'), mouse.click(...actions)]);
      } else {
        const closing = await centerOf(button);
        await mouse.click(...closing);
        await mouse.click(...actions);
      }
      await expectMenu(page);
    }
  });

  it('by key or by button lets the keyboard open the menu immediately', async () => {
    const page = await openImages('quick-keys');
    const { keyboard } = page;
    for (const { name, buttonOf, footerButton } of closings(fromMenu)) {
      await actionsOf(page).click();
      await menuItem(page, name).click();
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      const button = buttonOf(dialog, footerButton);
      await button?.focus();
      await Promise.all([keyboard.press(button === undefined ? 'Escape' : 'Space'), keyboard.press('Enter')]);
      await expectMenu(page);
      expect(await hasFocus(actionsOf(page))).toBe(true);
    }
  });

  it('closes on Escape after a click on its text, when nothing has the focus', async () => {
    const page = await openImages('clicked-beside');
    await actionsOf(page).click();
    await menuItem(page, 'Edit details').click();
    const dialog = dialogOf(page, 'Edit details of clicked-beside');
    await dialog.getByRole('heading', { name: 'Edit details of clicked-beside' }).click();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await hasFocus(actionsOf(page))).toBe(true);
  });
});

describe('a menu that is open', () => {
  it('stays open while the list reloads after a change', async () => {
    const page = await openImages('before');
    await actionsOf(page).click();
    await menuItem(page, 'Edit details').click();
    const dialog = dialogOf(page, 'Edit details of before');
    await dialog.getByLabel('Name').fill('after');
    const { promise: isOpen, resolve: release } = Promise.withResolvers<void>();
    await page.route(`**/v1/regions/${region}/images?*`, async (route) => {
      await isOpen;
      await route.continue();
    });
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await actionsOf(page).click();
    await menuItem(page, 'Edit details').waitFor();

    release();
    await rowOf(page, 'after').waitFor();
    await expectMenu(page);
  });
});

describe('a dialog that is open', () => {
  it('focuses its first field without a timer', async () => {
    const page = await openImages('without-timers');
    await page.evaluate('globalThis.setTimeout = () => 0');
    for (const [button, field] of [
      ['Register image', 'Name'],
      ['Share image', 'Account IDs'],
    ] as const) {
      await clickButton(page, button);
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      expect(await hasFocus(dialog.getByRole('textbox', { name: field }).first())).toBe(true);
      await closeDialog(dialog);
      expect(await hasFocus(page.getByRole('button', { name: button, exact: true }).first())).toBe(true);
    }
  });

  it('returns the focus when its action is done', async () => {
    const { account } = await freshMember();
    const page = await openImages('shared-by-keys');
    await clickButton(page, 'Share image');
    const dialog = dialogOf(page, 'Share shared-by-keys');
    await enterRecipients(dialog, account);
    await waitForText(dialog, 'All IDs are valid');
    await dialog.getByRole('button', { name: 'Share image', exact: true }).press('Enter');
    await waitForText(page, 'Shared shared-by-keys with 1 recipient.');
    await dialog.waitFor({ state: 'detached' });
    expect(await hasFocus(page.getByRole('button', { name: 'Share image', exact: true }).first())).toBe(true);
  });

  it('leaves the focus where the user put it while the service validates the IDs', async () => {
    const owner = await freshMember();
    const { imageId } = await anImageOf(owner, regionWithRisk, { name: 'checked-late' });
    const path = `/images/${regionWithRisk}/${imageId}`;
    const page = await openConsole({ account: owner.account, path, heading: 'checked-late' });
    await clickButton(page, 'Share image');
    const dialog = dialogOf(page, 'Share checked-late');
    const { promise: hasMovedOn, resolve: release } = Promise.withResolvers<void>();
    await page.route('**/v1/**dryRun=true**', async (route) => {
      await hasMovedOn;
      await route.continue();
    });
    const field = dialog.getByRole('textbox', { name: 'Project IDs' });
    await field.fill('nobody-of-this-id');
    await field.press('Enter');
    await dialog.getByRole('button', { name: 'Share image', exact: true }).click();
    const confirmation = dialog.getByRole('checkbox', {
      name: /^I confirm that this image contains no sensitive data/,
    });
    await confirmation.check();

    release();
    await waitForText(dialog, 'No project found with this ID.');
    expect(await hasFocus(confirmation)).toBe(true);
  });

  it('moves the focus when the focused button disappears', async () => {
    const { account } = await freshMember();
    const page = await openImages('left-by-buttons');
    await clickButton(page, 'Share image');
    const sharing = dialogOf(page, 'Share left-by-buttons');
    const recipients = sharing.getByRole('textbox', { name: 'Account IDs' });
    for (const button of ['Remove all', `Remove ${account}`]) {
      await enterRecipients(sharing, account);
      await clickButton(sharing, button);
      expect(await hasFocus(recipients)).toBe(true);
    }
    await closeDialog(sharing);

    await clickButton(page, 'Register image');
    const registering = dialogOf(page, 'Register image');
    const add = registering.getByRole('button', { name: 'Add new tag' });
    await add.click();
    await add.click();
    const removals = registering.getByRole('button', { name: /^Remove/ });
    await removals.last().click();
    expect(await hasFocus(removals.last())).toBe(true);
    await removals.last().click();
    expect(await hasFocus(add)).toBe(true);
  });
});
