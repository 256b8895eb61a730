import AxeBuilder from '@axe-core/playwright';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { freshMembers } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { anImageOf, type Member } from '../support/client.ts';
import { clickButton, dialogOf, enterRecipients, selectRows, waitForText } from '../support/console.ts';
import { origin } from '../support/service.ts';

const region = 'ap-guangzhou';

describe('the API call of a dialog', () => {
  it('is shown for each image, and with the command line of the cloud, without being sent', async () => {
    const [owner, recipient] = (await freshMembers(2)) as [Member, Member];
    const [first, second] = [
      await anImageOf(owner, region, { name: 'first' }),
      await anImageOf(owner, region, { name: 'second' }),
    ];
    const page = await openConsole({ account: owner.account, path: '/images', heading: 'Custom images' });
    await page.setViewportSize({ width: 360, height: 740 });
    await selectRows(page, 'Select first', 'Select second');
    await clickButton(page, 'Share images');
    const sharing = dialogOf(page, 'Share 2 images');
    await enterRecipients(sharing, recipient.account);
    await waitForText(sharing, 'All IDs are valid');

    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.method()} ${new URL(request.url()).pathname}`));
    await clickButton(sharing, 'Show as API call');
    const shown = dialogOf(page, 'API call');
    await waitForText(shown, 'The dialog sends 2 requests.');
    const curl = await shown.getByRole('region', { name: 'HTTP API' }).innerText();
    await shown.getByRole('tab', { name: 'HTTP API' }).press('ArrowRight');
    const cli = await shown.getByRole('region', { name: 'Tencent Cloud CLI' }).innerText();
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().include('[role=dialog]').analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.keyboard.press('Escape');
    await shown.waitFor({ state: 'detached' });

    expect(sent.filter((request) => request.includes(' /v1/'))).toEqual([]);
    for (const { imageId } of [first, second]) {
      expect(curl).toContain(`curl -X POST ${origin()}/v1/regions/${region}/images/${imageId}/shares`);
      expect(cli).toContain(`--ImageId ${imageId}`);
    }
    expect(curl).toContain('Bearer $TOKEN');
    expect(curl).not.toMatch(/eyJ/);
    expect(cli).toContain(`--AccountIds '["${recipient.account}"]'`);
    expect((await owner.ok(listImageShares, { region, imageId: first.imageId })).shares).toEqual([]);

    await clickButton(sharing, 'Share images');
    await waitForText(page, 'Shared 2 images');
    expect((await owner.ok(listImageShares, { region, imageId: second.imageId })).shares).toHaveLength(1);
  });
});
