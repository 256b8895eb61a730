import { getAccount } from '../../functions/get-account.ts';
import { listCopyJobs } from '../../functions/list-copy-jobs.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { putProject } from '../../functions/put-project.ts';
import { reportImageState } from '../../functions/report-image-state.ts';
import { compute, freshMembers, operator } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { anImageOf, type Member } from '../support/client.ts';
import {
  chooseFromMenu,
  clickButton,
  dialogOf,
  enterRecipients,
  rowOf,
  selectOption,
  selectRows,
  waitForNone,
  waitForText,
} from '../support/console.ts';

const region = 'ap-guangzhou';
const other = 'ap-shanghai';
const projectRegion = 'cn-bj2';

describe('a copy job', () => {
  it('copies an image to regions, shares the copies, and shows what became of them', async () => {
    const [owner, friend] = (await freshMembers(2)) as [Member, Member];
    await anImageOf(owner, region, { name: 'web' });
    const page = await openConsole({ account: owner.account, path: '/images', heading: 'Custom images' });
    await selectRows(page, 'Select web');
    await chooseFromMenu(page, 'Actions', /^Copy to regions and share/);
    const dialog = dialogOf(page, 'Copy web to regions and share');
    await clickButton(dialog, 'Copy and share');
    await waitForText(dialog, 'Choose at least one region.');
    await waitForText(dialog, 'Enter at least one account ID.');

    await selectOption(dialog, 'Destination regions', new RegExp(`^${other}`));
    await page.getByRole('option', { name: region }).filter({ visible: true }).first().click();
    await enterRecipients(dialog, friend.account, 'nobody');
    await waitForText(dialog, 'No account found with this ID.');
    await clickButton(dialog, 'Remove 1 invalid ID');
    await waitForText(dialog, 'All IDs are valid');
    await clickButton(dialog, 'Copy and share');

    await waitForText(page, 'Started copying web to 2 regions.');
    const [job] = (await owner.ok(listCopyJobs, { region })).jobs;
    await page.getByRole('heading', { level: 1, name: `Copy job ${job?.jobId}` }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/console/copy-jobs/${region}/${job?.jobId}`);
    await waitForText(page, 'Waiting for the copy');
    await waitForText(page, 'Will be shared with 1 account');

    const [copy, here] = job?.copies ?? [];
    await page.locator(`a[href*="${copy?.imageId}"]`).click();
    await rowOf(page, friend.account).getByRole('link', { name: 'Waiting for the copy' }).click();
    await page.getByRole('heading', { level: 1, name: `Copy job ${job?.jobId}` }).waitFor();
    await waitForText(page, 'Will be shared with 1 account');

    await compute().ok(reportImageState, { region: copy?.region, imageId: copy?.imageId, state: 'available' });
    await waitForText(page, 'Shared with all recipients');
    expect((await owner.ok(listImageShares, { region: copy?.region, imageId: copy?.imageId })).shares).toMatchObject([
      { recipient: friend.account },
    ]);
    await compute().ok(reportImageState, { region: here?.region, imageId: here?.imageId, state: 'failed', reason: 'no space' });
    await waitForText(page, 'Failed: no space');
    await waitForText(page, "Couldn't be shared with 1 account");
    await waitForText(page, 'copy the source image to this region again');
    await waitForText(page, 'Partly shared');

    await page.getByRole('link', { name: 'web', exact: true }).first().click();
    await page.getByRole('heading', { level: 1, name: 'web' }).waitFor();
    await page.getByRole('link', { name: 'Copy jobs' }).click();
    await waitForText(rowOf(page, job?.jobId ?? ''), 'Partly shared');
    await rowOf(page, job?.jobId ?? '')
      .getByRole('link', { name: 'web', exact: true })
      .waitFor();
    await page.getByLabel('Find jobs by job ID, image ID, or region').fill('nothing');
    await waitForNone(rowOf(page, job?.jobId ?? ''));
    await page.getByLabel('Find jobs by job ID, image ID, or region').fill(other);
    await rowOf(page, job?.jobId ?? '').waitFor();
  });

  it('gives the copies to the project that the user chooses', async () => {
    const [owner, friend] = (await freshMembers(2)) as [Member, Member];
    const projectId = `${owner.project}-2`;
    await operator().ok(putProject, { accountId: owner.account, projectId, name: 'Second' });
    const { imageId } = await anImageOf(owner, projectRegion, { name: 'web' });
    const page = await openConsole({ account: owner.account, path: `/images/${projectRegion}/${imageId}`, heading: 'web' });
    await chooseFromMenu(page, 'Actions', /^Copy to regions and share/);
    const dialog = dialogOf(page, 'Copy web to regions and share');
    await selectOption(dialog, 'Destination project', /^Second/);
    await selectOption(dialog, 'Destination regions', /^cn-sh2/);
    await enterRecipients(dialog, friend.project);
    await waitForText(dialog, 'All IDs are valid');
    await dialog.getByRole('checkbox', { name: /^I confirm/ }).check();
    await clickButton(dialog, 'Copy and share');

    await waitForText(page, 'Copying web to 1 region.');
    expect((await owner.ok(getAccount, {})).quotas).toContainEqual(
      expect.objectContaining({ region: 'cn-sh2', principal: projectId, used: 1 }),
    );
  });
});
