import { freshMember } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { clickButton, waitForText } from '../support/console.ts';
import { origin } from '../support/service.ts';

describe('the rules of a region', () => {
  it('are in the help panel, in the words of the region', async () => {
    const { account } = await freshMember();
    const page = await openConsole({ account, path: '/images?region=ap-guangzhou', heading: 'Custom images' });
    await clickButton(page, 'Rules of this region');
    await waitForText(page, 'Rules of ap-guangzhou');
    await waitForText(page, "A shared image can't be deleted. Stop sharing it first.");
    await waitForText(page, 'Recipients can give up their access.');
    await waitForText(page, 'Differs in other regions');

    await page.goto(`${origin()}/console/images?region=cn-hangzhou`);
    await clickButton(page, 'Rules of this region');
    await waitForText(page, 'Rules of cn-hangzhou');
    await waitForText(page, 'An image can be shared while it is still being made.');
  });
});
