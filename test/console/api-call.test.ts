import AxeBuilder from '@axe-core/playwright';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { freshMembers } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { anImageOf, type Member } from '../support/client.ts';
import { clickButton, dialogOf, enterRecipients, selectRows, waitForText } from '../support/console.ts';
import { origin } from '../support/service.ts';

const region = 'ap-guangzhou';

describe('the API call of a dialog', () => {
  it('is shown for the HTTP API and the command line of the cloud, without being sent', async () => {
    const [owner, recipient] = (await freshMembers(2)) as [Member, Member];
    const [first, second] = [
      await anImageOf(owner, region, { name: 'first' }),
      await anImageOf(owner, region, { name: 'second' }),
    ];
    const sharesOf = async ({ imageId }: typeof first) => (await owner.ok(listImageShares, { region, imageId })).shares;
    const page = await openConsole({ account: owner.account, path: '/images', heading: 'Custom images' });
    await page.setViewportSize({ width: 360, height: 740 });
    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.method()} ${new URL(request.url()).pathname}`));
    const shown = dialogOf(page, 'API call');
    const curl = shown.getByRole('region', { name: 'HTTP API' });
    const cli = shown.getByRole('region', { name: 'Tencent Cloud CLI' });
    const openCli = () => shown.getByRole('tab', { name: 'HTTP API' }).press('ArrowRight');
    const close = async () => {
      await page.keyboard.press('Escape');
      await shown.waitFor({ state: 'detached' });
    };

    await selectRows(page, 'Select first', 'Select second');
    await clickButton(page, 'Share images');
    const sharing = dialogOf(page, 'Share 2 images');
    await enterRecipients(sharing, recipient.account);
    await waitForText(sharing, 'All IDs are valid');
    sent.length = 0;
    await clickButton(sharing, 'Show as API call');
    await waitForText(shown, 'The dialog sends 2 requests.');
    const curls = await curl.textContent();
    await openCli();
    const commands = await cli.textContent();
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().include('[role=dialog]').analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    for (const { imageId } of [first, second]) {
      expect(curls).toContain(`curl -X POST ${origin()}/v1/regions/${region}/images/${imageId}/shares`);
      expect(commands).toContain(`--ImageId ${imageId}`);
    }
    expect(curls).toContain('Bearer $TOKEN');
    expect(curls).not.toContain('eyJ');
    expect(commands).toContain(`--AccountIds '["${recipient.account}"]'`);
    expect(sent.filter((request) => request.includes(' /v1/'))).toEqual([]);
    expect(await sharesOf(first)).toEqual([]);
    await close();
    await clickButton(sharing, 'Share images');
    await waitForText(page, 'Shared 2 images');
    expect(await sharesOf(second)).toHaveLength(1);

    await page.goto(`${origin()}/console/images/${region}/${first.imageId}`);
    await selectRows(page, `Select ${recipient.account}`);
    await clickButton(page, 'Edit expiration');
    const expiration = dialogOf(page, 'Edit expiration of first');
    await expiration.getByLabel('In 7 days').check();
    sent.length = 0;
    await clickButton(expiration, 'Show as API call');
    expect(await curl.textContent()).toContain('"expiresAt":"');
    await openCli();
    await waitForText(shown, 'has no call that sets expiresAt as this change does');
    await close();
    await clickButton(expiration, 'Cancel');
    await clickButton(page, 'Stop sharing');
    await clickButton(dialogOf(page, 'Stop sharing first'), 'Show as API call');
    expect(await curl.textContent()).toContain(`/shares?recipient=${recipient.account}`);
    await openCli();
    expect(await cli.textContent()).toContain('--Permission CANCEL');
    expect(sent.filter((request) => !request.startsWith('GET '))).toEqual([]);
    expect(await sharesOf(first)).toMatchObject([{ recipient: recipient.account }]);
  });
});
