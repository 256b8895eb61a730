import { listInstances } from '../../functions/list-instances.ts';
import { putPublicImage } from '../../functions/put-public-image.ts';
import { freshMember, operator } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { freshId } from '../support/client.ts';
import { clickButton, dialogOf, rowOf, selectRows, waitForNone, waitForText } from '../support/console.ts';

const region = 'ap-guangzhou';

describe('public images', () => {
  it('can be found by name and ID, viewed, and launched', async () => {
    const member = await freshMember();
    const [debian, alpine] = [freshId('pub-'), freshId('pub-')];
    for (const imageId of [debian, alpine]) {
      await operator().ok(putPublicImage, { region, imageId, name: `base ${imageId}`, sizeGiB: 8 });
    }
    const page = await openConsole({ account: member.account, path: '/public-images', heading: 'Public images' });
    await rowOf(page, alpine).waitFor();
    const search = page.getByLabel('Find by name, or by full image ID');
    for (const text of [`BASE ${debian}`, debian]) {
      await search.fill(text);
      await rowOf(page, debian).waitFor();
      await waitForNone(rowOf(page, alpine));
      await waitForText(page, '1 match');
    }

    await clickButton(page, 'Preferences');
    const preferences = dialogOf(page, 'Preferences');
    await preferences.getByRole('checkbox', { name: 'Architecture' }).click();
    await preferences.getByLabel('Wrap lines').click();
    await clickButton(preferences, 'Confirm');
    const header = (name: string) => page.getByRole('columnheader', { name }).first();
    await waitForNone(header('Architecture'));
    const widthOf = async (name: string) => Math.round((await header(name).boundingBox())?.width ?? 0);
    const before = await widthOf('Image ID');
    const resizer = header('Image ID').getByRole('button').last();
    await resizer.press('Enter');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    const after = await widthOf('Image ID');
    expect(after).toBeGreaterThan(before);
    await page.reload();
    await rowOf(page, debian).waitFor();
    expect(await widthOf('Image ID')).toBe(after);
    expect(await header('Architecture').count()).toBe(0);
    await clickButton(page, 'Preferences');
    expect(await preferences.getByLabel('Wrap lines').isChecked()).toBe(false);
    await clickButton(preferences, 'Cancel');

    await selectRows(page, `Select image ${debian}`);
    await clickButton(page, 'Launch instance');
    await clickButton(dialogOf(page, 'Launch instance'), 'Launch instance');
    await waitForText(page, /Successfully launched/);
    expect((await member.ok(listInstances, { region })).instances).toMatchObject([{ imageId: debian }]);

    await page.getByRole('link', { name: `base ${debian}` }).click();
    await page.getByRole('heading', { level: 1, name: `base ${debian}` }).waitFor();
    await waitForText(page, 'Public image');
    expect(await page.getByRole('tab').count()).toBe(0);
  });
});
