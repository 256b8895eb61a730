/** What people do and see in the console, for its tests. Whatever is waited for here fails when it does not come. */
import type { Locator, Page } from 'playwright-core';

type Where = Page | Locator;
type Words = string | RegExp;

/** Waits until the words are to be seen. */
export async function sees(where: Where, words: Words): Promise<void> {
  await where.getByText(words).filter({ visible: true }).first().waitFor();
}

/** Waits until the words are nowhere any more. */
export async function seesNoMore(where: Where, words: Words): Promise<void> {
  await untilNone(where.getByText(words));
}

/** Waits until there is none of it. */
export async function untilNone(locator: Locator): Promise<void> {
  // All that is left has to go: the one that is first stands for the others.
  await locator.first().waitFor({ state: 'detached' });
}

/** Presses the button of exactly this name; where several have it, the first. */
export async function press(where: Where, name: string): Promise<void> {
  await where.getByRole('button', { name, exact: true }).first().click();
}

/** The open dialog of this title. */
export const dialogOf = (page: Page, title: Words): Locator => page.getByRole('dialog', { name: title });

/** Closes a dialog by the button below it, and waits until it is gone. */
export async function closeDialog(dialog: Locator): Promise<void> {
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  await dialog.waitFor({ state: 'detached' });
}

/** Menus of dialogs open outside of them. */
const pageOf = (where: Where): Page => ('page' in where ? where.page() : where);

/** Chooses an entry of a menu that a button opens. */
export async function choose(where: Where, menu: Words, entry: Words): Promise<void> {
  await where.getByRole('button', { name: menu, exact: true }).first().click();
  await pageOf(where).getByRole('menuitem', { name: entry }).filter({ visible: true }).first().click();
}

/** Picks an option of the select of this label. */
export async function pick(where: Where, label: Words, option: Words): Promise<void> {
  await where.getByLabel(label).first().click();
  await pageOf(where).getByRole('option', { name: option }).filter({ visible: true }).first().click();
}

/** Selects rows of a table, each by the label of its box. */
export async function selectRows(where: Where, ...labels: readonly string[]): Promise<void> {
  for (const label of labels) {
    const name = { name: label, exact: true };
    await where.getByRole('checkbox', name).or(where.getByRole('radio', name)).click();
  }
}

/** The row of a table that holds these words. */
export const rowOf = (where: Where, words: string): Locator => where.getByRole('row').filter({ hasText: words });

/** Enters recipients in a dialog that shares, as somebody does who pastes a list. */
export async function enterRecipients(dialog: Locator, ...ids: readonly string[]): Promise<void> {
  const field = dialog.getByRole('textbox', { name: 'Recipients' });
  await field.fill(ids.join(' '));
  await field.press('Enter');
}
