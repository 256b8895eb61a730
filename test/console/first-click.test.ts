import type { Page } from 'playwright-core';
import { freshMember } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { anImageOf } from '../support/client.ts';
import { clickButton, dialogOf, selectRows } from '../support/console.ts';

/** An upper bound for the tab stops of a page. */
const tabsMax = 100;

/** Makes clicks have no effect but to record where they arrive. */
const catchClicks = `
  globalThis.reached = new Set();
  addEventListener('click', (event) => {
    globalThis.arrived = event.composedPath();
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true)`;

/** The focused element and its center. `isNew` is true the first time. */
const focusedElement = `(() => {
  const one = document.activeElement;
  if (one === document.body) {
    return { name: '', isNew: false, center: [0, 0] };
  }
  const isNew = !globalThis.reached.has(one);
  globalThis.reached.add(one);
  globalThis.clicked = one;
  globalThis.arrived = [];
  one.scrollIntoView({ block: 'center' });
  const { x, y, width, height } = one.getBoundingClientRect();
  return { name: one.tagName + ' ' + (one.ariaLabel || one.textContent), isNew, center: [x + width / 2, y + height / 2] };
})()`;

/** Whether the click arrived at the focused element, or at its copy in a sticky header. */
const hasArrived = `(() => {
  const idOf = (one) => one.closest?.('[data-focus-id]')?.dataset.focusId;
  const id = idOf(globalThis.clicked);
  return globalThis.arrived.some((one) => one === globalThis.clicked || (id !== undefined && idOf(one) === id));
})()`;

interface Focused {
  readonly name: string;
  readonly isNew: boolean;
  readonly center: [x: number, y: number];
}

/** Tabs to each control and clicks it. Returns the clicked controls, and those that missed the click. */
async function clickEachControl(page: Page): Promise<{ clicked: readonly string[]; missed: readonly string[] }> {
  const clicked: string[] = [];
  const missed: string[] = [];
  await page.evaluate(catchClicks);
  for (let pressed = 0, ends = 0; pressed < tabsMax && ends < 2; pressed += 1) {
    await page.keyboard.press('Tab');
    const { name, isNew, center } = (await page.evaluate(focusedElement)) as Focused;
    if (isNew) {
      await page.mouse.click(...center);
      clicked.push(name);
      if (!(await page.evaluate(hasArrived))) {
        missed.push(name);
      }
    } else {
      ends += 1;
    }
  }
  return { clicked, missed };
}

describe('a control that was focused with the Tab key', () => {
  it('receives the first click, on a page and in a dialog', async () => {
    const owner = await freshMember();
    await anImageOf(owner, 'ap-guangzhou', { name: 'one' });
    const page = await openConsole({ account: owner.account, path: '/images', heading: 'Custom images' });
    await selectRows(page, 'Select one');
    const onPage = await clickEachControl(page);
    expect(onPage.missed).toEqual([]);
    expect(onPage.clicked).toEqual(
      expect.arrayContaining(['BUTTON Actions', 'BUTTON Share image', 'BUTTON Register image', 'DIV Name', 'A Instances']),
    );

    await page.reload();
    await clickButton(page, 'Register image');
    await dialogOf(page, 'Register image').waitFor();
    const inDialog = await clickEachControl(page);
    expect(inDialog.missed).toEqual([]);
    expect(inDialog.clicked).toEqual(expect.arrayContaining(['BUTTON Close', 'BUTTON Cancel', 'BUTTON Register image']));
  });
});
