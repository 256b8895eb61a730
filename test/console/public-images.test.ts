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
