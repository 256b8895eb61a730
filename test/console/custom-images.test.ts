import type { Locator } from 'playwright-core';
import { createImageFromInstance } from '../../functions/create-image-from-instance.ts';
import { getImage } from '../../functions/get-image.ts';
import { listImages } from '../../functions/list-images.ts';
import { reportImageState } from '../../functions/report-image-state.ts';
import { updateImage } from '../../functions/update-image.ts';
import { compute, freshMember } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { anImageOf, inBatches, launch } from '../support/client.ts';
import {
  chooseFromMenu,
  clickButton,
  dialogOf,
  rowOf,
  selectOption,
  selectRows,
  waitForNone,
  waitForText,
} from '../support/console.ts';

const region = 'ap-guangzhou';
const list = { path: '/images', heading: 'Custom images' };

/** How much of the table and its cells is cut off, in pixels. */
const hiddenWidth = `Math.max(...[...document.querySelectorAll('td > div, td')]
  .concat([...document.querySelectorAll('table')].map((table) => table.parentElement))
  .map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth))`;

/** The description of a control for screen readers. */
const describedBy = (control: Locator) =>
  control.evaluate((node) => node.ownerDocument.getElementById(node.getAttribute('aria-describedby') ?? '')?.textContent);

describe('custom images', () => {
  it('can be registered, searched, filtered, and sorted', async () => {
    const member = await freshMember();
    const page = await openConsole({ account: member.account, ...list });
    await waitForText(page, 'No custom images');
    await waitForText(page, "Times are in your browser's time zone.");
    const share = page.getByRole('button', { name: /^Share image/ }).first();
    expect(await describedBy(share)).toBe('Select an item first.');

    await clickButton(page, 'Register image');
    const dialog = dialogOf(page, 'Register image');
    await clickButton(dialog, 'Register image');
    await waitForText(dialog, 'Enter a name.');
    await dialog.getByLabel('Name').fill('build-agent');
    await dialog.getByLabel('System disk (GiB)').fill('40');
    await dialog.getByLabel('Operating system').fill('Debian 12');
    await dialog.getByLabel('Data disks').fill('10, many');
    await selectOption(dialog, 'Product', /^Lightweight/);
    await selectOption(dialog, 'Encryption', /customer-managed/);
    await waitForText(dialog, "images with this encryption can't be shared");
    await dialog.getByLabel('Creating').click();
    await clickButton(dialog, 'Register image');
    await waitForText(dialog, 'Enter up to 16 whole numbers');
    await dialog.getByLabel('Data disks').fill('10, 20');
    await waitForText(dialog, "images with data disks can't be shared");
    await clickButton(dialog, 'Add new tag');
    await dialog.getByRole('textbox', { name: 'Key' }).fill('team');
    await dialog.getByRole('textbox', { name: 'Value' }).fill('ci');
    await clickButton(dialog, 'Register image');
    await waitForText(page, /Successfully registered image build-agent \(img-/);
    await waitForText(rowOf(page, 'build-agent'), 'team:ci');
    const registeredImages = (await member.ok(listImages, { region, scope: 'owned' })).images;
    const [registered] = registeredImages;
    expect(registeredImages).toMatchObject([
      {
        name: 'build-agent',
        disksGiB: [40, 10, 20],
        os: 'Debian 12',
        product: 'lightweight',
        encryption: 'customer',
        tags: { team: 'ci' },
        state: 'pending',
      },
    ]);

    await compute().ok(reportImageState, { region, imageId: registered?.imageId, state: 'available' });
    await anImageOf(member, region, { name: 'web', sizeGiB: 100 });
    const old = await anImageOf(member, region, { name: 'web-old', sizeGiB: 5 });
    await member.ok(updateImage, { region, imageId: old.imageId, deprecated: true });
    await clickButton(page, 'Refresh');
    await rowOf(page, 'web-old').waitFor();
    const names = () => page.getByRole('row').getByRole('link').allTextContents();
    // On a desktop, all columns fit; on a phone, those that matter most.
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole('columnheader', { name: 'Tags' }).first().waitFor();
    expect(await page.evaluate(hiddenWidth)).toBe(0);
    await page.setViewportSize({ width: 360, height: 844 });
    await waitForNone(page.getByRole('columnheader', { name: 'Tags' }));
    await waitForText(rowOf(page, 'build-agent'), 'Available');
    await waitForText(rowOf(page, 'build-agent'), '0 of 50');
    const topBar = page.locator('#top');
    // An open menu closes when the bar moves its own menus into it.
    await waitForNone(topBar.getByRole('button', { name: /^Region: / }));
    await clickButton(topBar, 'More');
    await waitForText(topBar, 'Guangzhou');
    expect(await topBar.getByText('Language and theme').filter({ visible: true }).count()).toBe(1);
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 1280, height: 900 });
    // The visible header is a sticky copy; the keyboard reaches the table's own.
    await page.getByRole('columnheader', { name: 'Size' }).getByRole('button').first().press('Enter');
    expect(await names()).toEqual(['web-old', 'build-agent', 'web']);

    const search = page.getByLabel('Find images by attribute or tag');
    await search.fill('web');
    await search.press('Enter');
    await waitForNone(rowOf(page, 'build-agent'));
    await waitForText(page, '2 matches');
    await search.fill('Status = Deprecated');
    await search.press('Enter');
    await waitForText(page, '1 match');
    expect(await names()).toEqual(['web-old']);
    await search.fill('Tag = team:ci');
    await search.press('Enter');
    await waitForText(page, 'No items match the filter.');
    await clickButton(page, 'Clear filters');
    await rowOf(page, 'build-agent').waitFor();
    expect(await names()).toHaveLength(3);
  });

  it('can be edited on their latest revision, deprecated, and restored', async () => {
    const member = await freshMember();
    const { imageId } = await anImageOf(member, region, { name: 'edited', description: 'old' });
    const now = () => member.ok(getImage, { region, imageId });
    const page = await openConsole({ account: member.account, ...list });
    await selectRows(page, 'Select edited');

    await chooseFromMenu(page, 'Actions', 'Edit details');
    const dialog = dialogOf(page, 'Edit details of edited');
    await dialog.getByLabel('Name').fill('renamed');
    await dialog.getByLabel('Lightweight').click();
    await member.ok(updateImage, { region, imageId, description: 'by somebody else' });
    await clickButton(dialog, 'Save changes');
    await waitForText(dialog, /Request ID: [0-9a-f-]{36}/);
    expect(await now()).toMatchObject({ name: 'edited', description: 'by somebody else' });
    await clickButton(dialog, 'Load latest version');
    await waitForText(dialog, 'The latest version is loaded, with your edits on top.');
    expect(await dialog.getByLabel('Name').inputValue()).toBe('renamed');
    expect(await dialog.getByLabel('Description').inputValue()).toBe('by somebody else');
    await clickButton(dialog, 'Save changes');
    await waitForText(page, 'Successfully updated image renamed.');
    expect(await now()).toMatchObject({
      name: 'renamed',
      description: 'by somebody else',
      products: ['standard', 'lightweight'],
    });

    await chooseFromMenu(page, 'Actions', 'Launch instance');
    const launching = dialogOf(page, 'Launch instance');
    expect(await launching.getByLabel('Image', { exact: true }).inputValue()).toBe(imageId);
    await clickButton(launching, 'Cancel');

    await rowOf(page, 'renamed').waitFor();
    await chooseFromMenu(page, 'Actions', 'Deprecate image');
    const deprecating = dialogOf(page, 'Deprecate image renamed');
    await waitForText(deprecating, "you can't share a deprecated image with anyone else");
    await clickButton(deprecating, 'Deprecate image');
    await waitForText(rowOf(page, 'renamed'), 'Deprecated');
    expect((await now()).state).toBe('deprecated');
    await chooseFromMenu(page, 'Actions', 'Cancel deprecation');
    await clickButton(dialogOf(page, 'Cancel deprecation of renamed'), 'Cancel deprecation');
    await waitForText(rowOf(page, 'renamed'), 'Available');
    expect((await now()).state).toBe('available');
  });

  it('show status changes without a refresh, in the region that was chosen last', async () => {
    const member = await freshMember();
    const otherRegion = 'cn-hangzhou';
    const { imageId } = await anImageOf(member, otherRegion, { name: 'base' });
    const { instanceId } = await launch(member, { region: otherRegion, imageId });
    const made = await member.ok(createImageFromInstance, { region: otherRegion, instanceId, name: 'made' });
    const page = await openConsole({ account: member.account, ...list });
    await chooseFromMenu(page, /^Region: /, otherRegion);
    await selectRows(page, 'Select base');
    await chooseFromMenu(page, 'Actions', 'Copy image');
    const copying = dialogOf(page, 'Copy image base');
    await copying.getByLabel('Name').fill('copied');
    await clickButton(copying, 'Copy image');
    await waitForText(copying, 'Choose a destination region.');
    await selectOption(copying, /^Destination region/, new RegExp(`^${otherRegion}`));
    await clickButton(copying, 'Copy image');
    await waitForText(rowOf(page, 'copied'), 'Copying');
    await page.reload();
    await page.getByRole('button', { name: new RegExp(`^Region: .*\\(${otherRegion}\\)`) }).waitFor();
    await waitForText(rowOf(page, 'made'), 'Creating');
    await waitForText(rowOf(page, 'copied'), 'Copying');

    const [copy] = (await member.ok(listImages, { region: otherRegion, name: 'copied' })).images;
    const report = (id: unknown, state: object) => compute().ok(reportImageState, { region: otherRegion, imageId: id, ...state });
    await report(made.imageId, { state: 'available' });
    await report(copy?.imageId, { state: 'failed', reason: 'The disk was full' });
    await waitForText(rowOf(page, 'made'), 'Available');
    await waitForText(rowOf(page, 'copied'), 'Failed: The disk was full');
    // A sentence breaks between words.
    const status = `[...document.querySelectorAll('span')].findLast((one) => one.textContent === 'Failed: The disk was full')`;
    expect(await page.evaluate(`getComputedStyle(${status}).wordBreak`)).toBe('normal');
  });

  it('keep long tags within their cell and their page', async () => {
    const member = await freshMember();
    await anImageOf(member, region, { name: 'web', tags: { ['k'.repeat(32)]: 'v'.repeat(64) } });
    const page = await openConsole({ account: member.account, ...list });
    await page.setViewportSize({ width: 1440, height: 900 });
    await waitForText(rowOf(page, 'web'), 'kkk');
    expect(await page.evaluate(hiddenWidth)).toBe(0);
    await page.getByRole('link', { name: 'web', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'web' }).waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    await waitForText(page, 'kkk');
    await page.waitForFunction('document.documentElement.scrollWidth <= innerWidth');
  });

  it('are loaded 100 at a time, and searched as a whole', async () => {
    const member = await freshMember();
    const oldest = await anImageOf(member, region, { name: 'oldest', os: 'Plan 9', tags: { team: 'ci' } });
    await inBatches(
      Array.from({ length: 100 }, (_, index) => `image-${index}`),
      (name) => anImageOf(member, region, { name }),
    );
    const page = await openConsole({ account: member.account, path: '/account', heading: 'Account' });
    const requests: URL[] = [];
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.pathname === `/v1/regions/${region}/images`) {
        requests.push(url);
      }
    });
    await page.getByRole('link', { name: 'Custom images' }).click();

    await waitForText(page, '(100+)');
    expect(requests.map(({ searchParams }) => [searchParams.get('limit'), searchParams.has('cursor')])).toEqual([['100', false]]);
    // To sort only the loaded images would mislead, so that a header can only be resized.
    expect(await page.getByRole('columnheader', { name: 'Size' }).getByRole('button').filter({ visible: true }).count()).toBe(1);
    expect(await page.getByRole('row').getByRole('link').count()).toBe(100);
    const search = page.getByLabel('Find images by attribute or tag');
    for (const filter of ['Name : OLD', 'Tag = team:ci', 'Operating system : plan', oldest.imageId]) {
      await search.fill(filter);
      await search.press('Enter');
      await rowOf(page, 'oldest').waitFor();
      await waitForText(page, '(1)');
      await waitForText(page, '1 match');
      await clickButton(page, 'Clear filters');
      await waitForText(page, '(100+)');
    }
    await search.fill('Name : image-');
    await search.press('Enter');
    await waitForText(page, '100+ matches');
    await search.fill('Status = Failed');
    await search.press('Enter');
    await waitForText(page, 'No items match the filter.');
    await clickButton(page, 'Clear filters');
    await waitForText(page, '(100+)');
    await clickButton(page, 'Load more');
    await waitForText(page, '(101)');
    expect(new Set(await page.getByRole('row').getByRole('link').allTextContents()).size).toBe(101);
    expect(await page.getByRole('button', { name: 'Load more' }).count()).toBe(0);
    expect(requests.every(({ searchParams }) => searchParams.get('limit') === '100')).toBe(true);
  });
});
