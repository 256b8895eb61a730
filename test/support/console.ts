/** User actions and expectations for tests of the console. Every wait fails the test when it times out. */
import type { Locator, Page } from 'playwright-core';

type Where = Page | Locator;
type Words = string | RegExp;

/** Waits until the text is visible. */
export async function waitForText(where: Where, words: Words): Promise<void> {
  await where.getByText(words).filter({ visible: true }).first().waitFor();
}

/** Waits until the text is gone. */
export async function waitForNoText(where: Where, words: Words): Promise<void> {
  await waitForNone(where.getByText(words));
}

export async function waitForNone(locator: Locator): Promise<void> {
  // The first match is detached only once all matches are.
  await locator.first().waitFor({ state: 'detached' });
}

/** Clicks the first button with exactly this name. */
export async function clickButton(where: Where, name: string): Promise<void> {
  await where.getByRole('button', { name, exact: true }).first().click();
}

export const dialogOf = (page: Page, title: Words): Locator => page.getByRole('dialog', { name: title });

/** Clicks Close in the footer, and waits until the dialog is gone. */
export async function closeDialog(dialog: Locator): Promise<void> {
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  await dialog.waitFor({ state: 'detached' });
}

/** Dropdowns of dialogs render outside the dialog. */
const pageOf = (where: Where): Page => ('page' in where ? where.page() : where);

export async function chooseFromMenu(where: Where, menu: Words, entry: Words): Promise<void> {
  await where.getByRole('button', { name: menu, exact: true }).first().click();
  await pageOf(where).getByRole('menuitem', { name: entry }).filter({ visible: true }).first().click();
}

export async function selectOption(where: Where, label: Words, option: Words): Promise<void> {
  await where.getByLabel(label).first().click();
  await pageOf(where).getByRole('option', { name: option }).filter({ visible: true }).first().click();
}

/** Selects table rows by the labels of their check boxes or radio buttons. */
export async function selectRows(where: Where, ...labels: readonly string[]): Promise<void> {
  for (const label of labels) {
    const name = { name: label, exact: true };
    await where.getByRole('checkbox', name).or(where.getByRole('radio', name)).click();
  }
}

export const rowOf = (where: Where, words: string): Locator => where.getByRole('row').filter({ hasText: words });

/** Pastes a list of IDs into the dialog that shares images. */
export async function enterRecipients(dialog: Locator, ...ids: readonly string[]): Promise<void> {
  const field = dialog.getByRole('textbox', { name: /^(Account|Project) IDs$/ });
  await field.fill(ids.join(' '));
  await field.press('Enter');
}
