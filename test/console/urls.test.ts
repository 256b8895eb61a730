import type { Page } from 'playwright-core';
import { updateImage } from '../../functions/update-image.ts';
import { freshMember, freshMembers } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { anImageOf, freshId, type Member, share } from '../support/client.ts';
import { chooseFromMenu, clickButton, rowOf, waitForNone, waitForText } from '../support/console.ts';
import { origin } from '../support/service.ts';

const region = 'ap-guangzhou';
const otherRegion = 'cn-hangzhou';
const projectRegion = 'cn-bj2';

const queryOf = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);
const regionMenu = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^Region: .*\\(${name}\\)`) });
const search = (page: Page) => page.getByLabel('Find images by attribute or tag');

async function openTab(page: Page, path: string): Promise<Page> {
  const tab = await page.context().newPage();
  await tab.goto(path.startsWith('http') ? path : `${origin()}/console${path}`);
  return tab;
}

describe('URLs of the console', () => {
  it('name the region and project, so that tabs and links of others change nothing here', async () => {
    const member = await freshMember();
    const page = await openConsole({ account: member.account, path: '/images', heading: 'Custom images' });
    await page.waitForURL(/\?region=/);
    await chooseFromMenu(page, /^Region: /, projectRegion);
    await page.waitForURL((url) => url.searchParams.get('project') === member.project);
    await page.getByRole('link', { name: 'Instances' }).click();
    await page.getByRole('heading', { level: 1, name: 'Instances' }).waitFor();
    expect(queryOf(page)).toEqual({ region: projectRegion, project: member.project });

    // The last choice is the default of a fresh visit, in which another choice leaves this tab alone.
    const second = await openTab(page, '/shared-images');
    await regionMenu(second, projectRegion).waitFor();
    await chooseFromMenu(second, /^Region: /, otherRegion);
    await second.waitForURL((url) => url.searchParams.get('region') === otherRegion);
    await page.reload();
    await regionMenu(page, projectRegion).waitFor();
    await page.getByRole('link', { name: 'Shared images' }).click();
    await page.getByRole('heading', { level: 1, name: 'Shared images' }).waitFor();
    expect(queryOf(page)).toEqual({ region: projectRegion, project: member.project });

    // A link to another region isn't a choice.
    const third = await openTab(page, `/images?region=${region}`);
    await regionMenu(third, region).waitFor();
    await third.goto(`${origin()}/console/images`);
    await regionMenu(third, otherRegion).waitFor();
    await third.goBack();
    await regionMenu(third, region).waitFor();
  });

  it('that name an unknown region or a project of somebody else offer usable ones', async () => {
    const [member, stranger] = (await freshMembers(2)) as [Member, Member];
    const image = await anImageOf(member, projectRegion, { name: 'mine' });
    const page = await openConsole({ account: member.account, path: '/images?region=cn-nowhere' });
    await waitForText(page, 'There is no region cn-nowhere.');
    await page.getByRole('button', { name: /^Switch to / }).click();
    await page.getByRole('heading', { level: 1, name: 'Custom images' }).waitFor();

    await page.goto(`${origin()}/console/images/${projectRegion}/${image.imageId}?project=${stranger.project}`);
    await waitForText(page, `Your account has no project ${stranger.project}.`);
    await page.getByRole('button', { name: /^Switch to / }).click();
    await page.getByRole('heading', { level: 1, name: 'mine' }).waitFor();
    expect(queryOf(page)).toEqual({ project: member.project });
  });

  it('restore the filter, tab, and search with Back, a reload, or in another tab', async () => {
    const member = await freshMember();
    const web = await anImageOf(member, region, { name: 'web' });
    await anImageOf(member, region, { name: 'db' });
    await member.ok(updateImage, { region, imageId: web.imageId, deprecated: true });
    const page = await openConsole({ account: member.account, path: `/images?region=${region}`, heading: 'Custom images' });
    await rowOf(page, 'db').waitFor();
    await search(page).fill('Status = Deprecated');
    await search(page).press('Enter');
    await waitForNone(rowOf(page, 'db'));

    await page.getByRole('link', { name: 'web' }).click();
    await page.getByRole('tab', { name: 'Activity' }).click();
    await waitForText(page, '(2)');
    const find = page.getByLabel(/^Filter by activity/);
    await find.fill('nobody');
    await find.press('Enter');
    await waitForText(page, 'No items match the filter.');
    const details = page.url();
    await page.reload();
    await waitForText(page, 'No items match the filter.');
    await page.goBack();
    await waitForText(page, '1 match');
    await rowOf(page, 'web').waitFor();
    await waitForNone(rowOf(page, 'db'));
    await page.goForward();
    await page.getByRole('tab', { name: 'Activity', selected: true }).waitFor();

    const tab = await openTab(page, details);
    await waitForText(tab, 'No items match the filter.');
    await tab.getByRole('tab', { name: 'Sharing' }).click();
    await waitForText(tab, 'Not shared');
    expect(queryOf(tab)).toEqual({ tab: 'sharing' });
  });

  it('restore the search and the trusted owners of shared images', async () => {
    const [owner, member] = (await freshMembers(2)) as [Member, Member];
    const lent = await anImageOf(owner, region, { name: freshId('lent-') });
    await share(owner, lent, [member.account]);
    const page = await openConsole({
      account: member.account,
      path: `/shared-images?region=${region}&search=lent`,
      heading: 'Shared images',
    });
    await rowOf(page, 'lent').waitFor();
    expect(await page.getByLabel('Find by name').inputValue()).toBe('lent');
    await page.getByLabel('Trusted owners only').click();
    await waitForNone(rowOf(page, 'lent'));
    const tab = await openTab(page, page.url());
    await tab.getByLabel('Trusted owners only').and(tab.locator(':checked')).waitFor();
    await waitForText(tab, 'No matches');
    await clickButton(tab, 'Clear filters');
    await tab.waitForURL((url) => !url.searchParams.has('search'));
    expect(queryOf(tab)).toEqual({ region, trusted: 'true' });
  });
});
