/** User actions and expectations for tests of the console. Every wait fails the test when it times out. */
import type { Locator, Page } from 'playwright-core';

type Container = Page | Locator;
type TextPattern = string | RegExp;

/** Waits until the text is visible. */
export async function waitForText(container: Container, text: TextPattern): Promise<void> {
  await container.getByText(text).filter({ visible: true }).first().waitFor();
}

/** Waits until the text is announced to screen readers. */
export async function waitForAnnouncement(page: Page, text: TextPattern): Promise<void> {
  const live = page.locator('[aria-live=polite], [aria-live=assertive], [role=alert]:not([aria-live=off])');
  await live.filter({ hasText: text }).first().waitFor({ state: 'attached' });
}

/** Waits until the text is gone. */
export async function waitForNoText(container: Container, text: TextPattern): Promise<void> {
  await waitForNone(container.getByText(text));
}

export async function waitForNone(locator: Locator): Promise<void> {
  // The first match is detached only once all matches are.
  await locator.first().waitFor({ state: 'detached' });
}

/** What a dialog shows while the service checks the input. */
const checking = /^(Validating IDs|Checking )/;

/**
 * Clicks the first button with exactly this name. In a dialog, waits until the input is checked: what the check shows moves
 * the buttons, and a click while they move is lost.
 */
export async function clickButton(container: Container, name: string): Promise<void> {
  if ('page' in container) {
    await waitForNoText(container, checking);
  }
  await container.getByRole('button', { name, exact: true }).first().click();
}

export const dialogOf = (page: Page, title: TextPattern): Locator => page.getByRole('dialog', { name: title });

/** Clicks Close in the footer, and waits until the dialog is gone. */
export async function closeDialog(dialog: Locator): Promise<void> {
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  await dialog.waitFor({ state: 'detached' });
}

/** Dropdowns of dialogs render outside the dialog. */
const pageOf = (container: Container): Page => ('page' in container ? container.page() : container);

export async function chooseFromMenu(container: Container, menu: TextPattern, entry: TextPattern): Promise<void> {
  await container.getByRole('button', { name: menu, exact: true }).first().click();
  await pageOf(container).getByRole('menuitem', { name: entry }).filter({ visible: true }).first().click();
}

export async function selectOption(container: Container, label: TextPattern, option: TextPattern): Promise<void> {
  await container.getByLabel(label).first().click();
  await pageOf(container).getByRole('option', { name: option }).filter({ visible: true }).first().click();
}

/** Selects table rows by the labels of their check boxes or radio buttons. */
export async function selectRows(container: Container, ...labels: readonly string[]): Promise<void> {
  for (const label of labels) {
    const name = { name: label, exact: true };
    await container.getByRole('checkbox', name).or(container.getByRole('radio', name)).click();
  }
}

export const rowOf = (container: Container, text: string): Locator => container.getByRole('row').filter({ hasText: text });

/**
 * Pastes a list of IDs into the dialog that shares images, and waits until they are checked: what the check shows moves the
 * fields below it, and a click while they move is lost.
 */
export async function enterRecipients(dialog: Locator, ...ids: readonly string[]): Promise<void> {
  const field = dialog.getByRole('textbox', { name: /^(Account|Project) IDs$/ });
  await field.fill(ids.join(' '));
  await field.press('Enter');
  await waitForNoText(dialog, 'Validating IDs');
}
