import type { Locator, Page } from 'playwright-core';
import { freshMember } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { anImageOf } from '../support/client.ts';
import { closeDialog, dialogOf, enterRecipients, press, rowOf, sees, selectRows } from '../support/console.ts';

const region = 'ap-guangzhou';
/** Sharing has to be confirmed here. */
const regionWithRisk = 'cn-bj2';

const actionsOf = (page: Page): Locator => page.getByRole('button', { name: 'Actions', exact: true }).first();
const menuItem = (page: Page, name: string): Locator => page.getByRole('menuitem', { name, exact: true });
const hasFocus = (element: Locator): Promise<boolean> => element.evaluate((one) => one === one.ownerDocument.activeElement);

/** The page of somebody's images, where the only one is selected. */
async function openImages(name: string): Promise<Page> {
  const owner = await freshMember();
  await anImageOf(owner, region, { name });
  const page = await openConsole({ account: owner.account, path: '/images', heading: 'Custom images' });
  await selectRows(page, `Select ${name}`);
  return page;
}

async function middleOf(element: Locator): Promise<[x: number, y: number]> {
  const { x, y, width, height } = (await element.boundingBox()) as { x: number; y: number; width: number; height: number };
  return [x + width / 2, y + height / 2];
}

/** What opens from the menu, and what stands on the button below it that closes it. */
const fromMenu = [
  ['Edit', 'Cancel'],
  ['Copy', 'Cancel'],
  ['Deprecate', 'Cancel'],
  ['Delete', 'Close'],
] as const;
const fromButton = [
  ['Share', 'Close'],
  ['Register image', 'Cancel'],
  ['Columns', 'Cancel'],
] as const;

type Ways = readonly (readonly [way: string, buttonOf: (dialog: Locator, below: string) => Locator | undefined])[];

/** Each with the button that it presses, if any. */
const ways: Ways = [
  ['the Escape key', () => undefined],
  ['the cross', (dialog) => dialog.getByRole('button', { name: 'Close', exact: true }).first()],
  ['the button below', (dialog, name) => dialog.getByRole('button', { name, exact: true }).last()],
];

/** Closes the menu again that has to be open. */
async function expectMenu(page: Page): Promise<void> {
  await menuItem(page, 'Edit').waitFor();
  expect(await actionsOf(page).getAttribute('aria-expanded')).toBe('true');
  await page.keyboard.press('Escape');
  await menuItem(page, 'Edit').waitFor({ state: 'hidden' });
}

describe('a dialog that closes', () => {
  it.each(ways)('by %s lets the mouse open the menu immediately', async (_, buttonOf) => {
    const page = await openImages('quick-mouse');
    const { keyboard, mouse } = page;
    const actions = await middleOf(actionsOf(page));
    for (const [name, below] of [...fromMenu, ...fromButton]) {
      if (fromMenu.some(([item]) => item === name)) {
        await mouse.click(...actions);
        await menuItem(page, name).click();
      } else {
        await press(page, name);
      }
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      const button = buttonOf(dialog, below);
      if (button === undefined) {
        await Promise.all([keyboard.press('Escape'), mouse.click(...actions)]);
      } else {
        const closing = await middleOf(button);
        await mouse.click(...closing);
        await mouse.click(...actions);
      }
      await expectMenu(page);
    }
  });

  it.each(ways)('by %s lets the keyboard open the menu immediately', async (_, buttonOf) => {
    const page = await openImages('quick-keys');
    const { keyboard } = page;
    for (const [name, below] of fromMenu) {
      await actionsOf(page).click();
      await menuItem(page, name).click();
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      const button = buttonOf(dialog, below);
      await button?.focus();
      await Promise.all([keyboard.press(button === undefined ? 'Escape' : 'Space'), keyboard.press('Enter')]);
      await expectMenu(page);
      expect(await hasFocus(actionsOf(page))).toBe(true);
    }
  });

  it('closes on Escape after a click on its text, which leaves nothing with the focus', async () => {
    const page = await openImages('clicked-beside');
    await actionsOf(page).click();
    await menuItem(page, 'Edit').click();
    const dialog = dialogOf(page, 'Edit clicked-beside');
    await dialog.getByRole('heading', { name: 'Edit clicked-beside' }).click();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await hasFocus(actionsOf(page))).toBe(true);
  });
});

describe('a menu that is open', () => {
  it('stays open while the list is read anew after a change', async () => {
    const page = await openImages('before');
    await actionsOf(page).click();
    await menuItem(page, 'Edit').click();
    const dialog = dialogOf(page, 'Edit before');
    await dialog.getByLabel('Name').fill('after');
    const { promise: isOpen, resolve: goOn } = Promise.withResolvers<void>();
    await page.route(`**/v1/regions/${region}/images?*`, async (route) => {
      await isOpen;
      await route.continue();
    });
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await actionsOf(page).click();
    await menuItem(page, 'Edit').waitFor();

    goOn();
    await rowOf(page, 'after').waitFor();
    await expectMenu(page);
  });
});

describe('a dialog that is open', () => {
  it('gives its first field the focus without a timer', async () => {
    const page = await openImages('without-timers');
    await page.evaluate('globalThis.setTimeout = () => 0');
    for (const [button, field] of [
      ['Register image', 'Name'],
      ['Share', 'Recipients'],
    ] as const) {
      await press(page, button);
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      expect(await hasFocus(dialog.getByRole('textbox', { name: field }).first())).toBe(true);
      await closeDialog(dialog);
      expect(await hasFocus(page.getByRole('button', { name: button, exact: true }).first())).toBe(true);
    }
  });

  it('is never without the focus when its action is done', async () => {
    const { account } = await freshMember();
    const page = await openImages('shared-by-keys');
    await press(page, 'Share');
    const dialog = dialogOf(page, 'Share shared-by-keys');
    await enterRecipients(dialog, account);
    await sees(dialog, 'The service knows these ids');
    await page.evaluate(`
      globalThis.wasLost = false;
      new MutationObserver(() => {
        globalThis.wasLost ||= document.activeElement === document.body;
      }).observe(document.body, { subtree: true, childList: true, attributes: true })`);
    await dialog.getByRole('button', { name: 'Share', exact: true }).press('Enter');
    await sees(dialog, 'Shared with 1 recipient');

    expect(await page.evaluate('globalThis.wasLost')).toBe(false);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('leaves the focus where somebody put it while the service checks what was entered', async () => {
    const owner = await freshMember();
    const { imageId } = await anImageOf(owner, regionWithRisk, { name: 'checked-late' });
    const path = `/images/${regionWithRisk}/${imageId}`;
    const page = await openConsole({ account: owner.account, path, heading: 'checked-late' });
    await press(page, 'Share');
    const dialog = dialogOf(page, 'Share checked-late');
    const { promise: hasMovedOn, resolve: goOn } = Promise.withResolvers<void>();
    await page.route('**/v1/**dryRun=true**', async (route) => {
      await hasMovedOn;
      await route.continue();
    });
    await enterRecipients(dialog, 'nobody-of-this-id');
    await dialog.getByRole('button', { name: 'Share', exact: true }).click();
    const confirmation = dialog.getByRole('checkbox', { name: 'I confirm that it holds nothing sensitive.' });
    await confirmation.check();

    goOn();
    await sees(dialog, 'There is no open project with this id.');
    expect(await hasFocus(confirmation)).toBe(true);
  });

  it('passes the focus on when the button that has it goes', async () => {
    const { account } = await freshMember();
    const page = await openImages('left-by-buttons');
    await press(page, 'Share');
    const sharing = dialogOf(page, 'Share left-by-buttons');
    const recipients = sharing.getByRole('textbox', { name: 'Recipients' });
    for (const button of ['Remove all', `Remove ${account}`]) {
      await enterRecipients(sharing, account);
      await press(sharing, button);
      expect(await hasFocus(recipients)).toBe(true);
    }
    await closeDialog(sharing);

    await press(page, 'Register image');
    const registering = dialogOf(page, 'Register image');
    const add = registering.getByRole('button', { name: 'Add label' });
    await add.click();
    await add.click();
    const removals = registering.getByRole('button', { name: /^Remove/ });
    await removals.last().click();
    expect(await hasFocus(removals.last())).toBe(true);
    await removals.last().click();
    expect(await hasFocus(add)).toBe(true);
  });
});
