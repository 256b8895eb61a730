import { createImageFromInstance } from '../../functions/create-image-from-instance.ts';
import { getImage } from '../../functions/get-image.ts';
import { listImages } from '../../functions/list-images.ts';
import { reportImageState } from '../../functions/report-image-state.ts';
import { updateImage } from '../../functions/update-image.ts';
import { compute, freshMember } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { anImageOf, inBatches, launch } from '../support/client.ts';
import { choose, dialogOf, press, rowOf, sees, selectRows, untilNone } from '../support/console.ts';

const region = 'ap-guangzhou';
const list = { path: '/images', heading: 'Custom images' };

describe('custom images', () => {
  it('are registered, searched, filtered and sorted', async () => {
    const member = await freshMember();
    const page = await openConsole({ account: member.account, ...list });
    await sees(page, 'No custom images');

    await press(page, 'Register image');
    const dialog = dialogOf(page, 'Register image');
    await press(dialog, 'Register');
    await sees(dialog, 'Enter a name.');
    await dialog.getByLabel('Name').fill('build-agent');
    await dialog.getByLabel('Size in GiB').fill('40');
    await dialog.getByLabel('Operating system').fill('Debian 12');
    await press(dialog, 'Add label');
    await dialog.getByRole('textbox', { name: 'Key' }).fill('team');
    await dialog.getByRole('textbox', { name: 'Value' }).fill('ci');
    await press(dialog, 'Register');
    await sees(page, /build-agent was registered as img-/);
    await sees(rowOf(page, 'build-agent'), 'team:ci');
    expect((await member.ok(listImages, { region, scope: 'owned' })).images).toMatchObject([
      { name: 'build-agent', sizeGiB: 40, os: 'Debian 12', labels: { team: 'ci' }, state: 'available' },
    ]);

    await anImageOf(member, region, { name: 'web', sizeGiB: 100 });
    const old = await anImageOf(member, region, { name: 'web-old', sizeGiB: 5 });
    await member.ok(updateImage, { region, imageId: old.imageId, deprecated: true });
    await press(page, 'Refresh');
    await rowOf(page, 'web-old').waitFor();
    const names = () => page.getByRole('row').getByRole('link').allTextContents();
    // The header that one sees is a copy that sticks to the top; the keyboard meets the table's own.
    await page.getByRole('columnheader', { name: 'Size' }).getByRole('button').press('Enter');
    expect(await names()).toEqual(['web-old', 'build-agent', 'web']);

    const search = page.getByLabel('Find images by name, id, state, label ...');
    await search.fill('web');
    await search.press('Enter');
    await untilNone(rowOf(page, 'build-agent'));
    await sees(page, '2 matches');
    await search.fill('State = Deprecated');
    await search.press('Enter');
    await sees(page, '1 match');
    expect(await names()).toEqual(['web-old']);
    await search.fill('Label = team:ci');
    await search.press('Enter');
    await sees(page, 'No image that is loaded matches.');
    await press(page, 'Clear filter');
    await rowOf(page, 'build-agent').waitFor();
    expect(await names()).toHaveLength(3);
  });

  it('are edited on what they are now, deprecated and made available again', async () => {
    const member = await freshMember();
    const { imageId } = await anImageOf(member, region, { name: 'edited', description: 'old' });
    const now = () => member.ok(getImage, { region, imageId });
    const page = await openConsole({ account: member.account, ...list });
    await selectRows(page, 'Select edited');

    await choose(page, 'Actions', 'Edit');
    const dialog = dialogOf(page, 'Edit edited');
    await dialog.getByLabel('Name').fill('renamed');
    await member.ok(updateImage, { region, imageId, description: 'by somebody else' });
    await press(dialog, 'Save');
    await sees(dialog, /Request id: [0-9a-f-]{36}/);
    expect(await now()).toMatchObject({ name: 'edited', description: 'by somebody else' });
    await press(dialog, 'Load present state');
    await sees(dialog, 'This is the present state with what you typed.');
    expect(await dialog.getByLabel('Name').inputValue()).toBe('renamed');
    expect(await dialog.getByLabel('Description').inputValue()).toBe('by somebody else');
    await press(dialog, 'Save');
    await sees(page, 'renamed was changed.');
    expect(await now()).toMatchObject({ name: 'renamed', description: 'by somebody else' });

    await rowOf(page, 'renamed').waitFor();
    await choose(page, 'Actions', 'Deprecate');
    const deprecating = dialogOf(page, 'Deprecate renamed');
    await sees(deprecating, 'can be shared with nobody else');
    await press(deprecating, 'Deprecate');
    await sees(rowOf(page, 'renamed'), 'Deprecated');
    expect((await now()).state).toBe('deprecated');
    await choose(page, 'Actions', 'Undo deprecation');
    await press(dialogOf(page, 'Undo the deprecation of renamed'), 'Make available');
    await sees(rowOf(page, 'renamed'), 'Available');
    expect((await now()).state).toBe('available');
  });

  it('show a state that changes by itself, in the region that was chosen last', async () => {
    const member = await freshMember();
    const there = 'cn-hangzhou';
    const { imageId } = await anImageOf(member, there, { name: 'base' });
    const { instanceId } = await launch(member, { region: there, imageId });
    const made = await member.ok(createImageFromInstance, { region: there, instanceId, name: 'made' });
    const page = await openConsole({ account: member.account, ...list });
    await choose(page, /^Region: /, there);
    await selectRows(page, 'Select base');
    await choose(page, 'Actions', 'Copy');
    const copying = dialogOf(page, 'Copy base');
    await copying.getByLabel('Name').fill('copied');
    await press(copying, 'Copy');
    await sees(rowOf(page, 'copied'), 'Being copied');
    await page.reload();
    await page.getByRole('button', { name: `Region: ${there}` }).waitFor();
    await sees(rowOf(page, 'made'), 'Being read in');
    await sees(rowOf(page, 'copied'), 'Being copied');

    const [copy] = (await member.ok(listImages, { region: there, name: 'copied' })).images;
    const report = (id: unknown, state: object) => compute().ok(reportImageState, { region: there, imageId: id, ...state });
    await report(made.imageId, { state: 'available' });
    await report(copy?.imageId, { state: 'failed', reason: 'The disk was full' });
    await sees(rowOf(page, 'made'), 'Available');
    await sees(rowOf(page, 'copied'), 'Failed: The disk was full');
  });

  it('are loaded a hundred at a time', async () => {
    const member = await freshMember();
    await inBatches(
      Array.from({ length: 101 }, (_, at) => `image-${at}`),
      (name) => anImageOf(member, region, { name }),
    );
    const page = await openConsole({ account: member.account, ...list });

    await sees(page, '(100+)');
    expect(await page.getByRole('row').getByRole('link').count()).toBe(100);
    await press(page, 'Load more');
    await sees(page, '(101)');
    expect(new Set(await page.getByRole('row').getByRole('link').allTextContents()).size).toBe(101);
    expect(await page.getByRole('button', { name: 'Load more' }).count()).toBe(0);
  });
});
