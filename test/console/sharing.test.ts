import type { Page } from 'playwright-core';
import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { getImage } from '../../functions/get-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { putProject } from '../../functions/put-project.ts';
import { updateImage } from '../../functions/update-image.ts';
import { freshMember, freshMembers, operator } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { anImageOf, freshId, type Member, share } from '../support/client.ts';
import {
  chooseFromMenu,
  clickButton,
  dialogOf,
  enterRecipients,
  rowOf,
  selectRows,
  waitForAnnouncement,
  waitForNone,
  waitForNoText,
  waitForText,
} from '../support/console.ts';

const region = 'ap-guangzhou';
let owner: Member;
let recipients: Member[];

beforeAll(async () => {
  [owner, ...recipients] = (await freshMembers(6)) as [Member, ...Member[]];
});

const sharesOf = async (imageId: string) => (await owner.ok(listImageShares, { region, imageId })).shares;
const recipientsOf = async (imageId: string) => (await sharesOf(imageId)).map(({ recipient }): string => recipient).sort();

describe('sharing several images', () => {
  it('reports the result of each, retries the failed ones, and sends the expiration', async () => {
    const [first, second] = recipients as [Member, Member];
    const ready = await anImageOf(owner, region, { name: 'ready' });
    const late = await anImageOf(owner, region, { name: 'late' });
    await owner.ok(updateImage, { region, imageId: late.imageId, deprecated: true });
    const page = await openConsole({ account: owner.account, path: '/images', heading: 'Custom images' });

    await selectRows(page, 'Select late');
    expect(await page.getByRole('button', { name: 'Share image', exact: true }).isDisabled()).toBe(true);
    await selectRows(page, 'Select ready');
    await clickButton(page, 'Share images');
    const dialog = dialogOf(page, 'Share 2 images');
    await enterRecipients(dialog, first.account, second.account);
    // An image that can't be shared doesn't say how many recipients it would have.
    await waitForText(dialog, 'View rule: Images that can be shared');
    expect(await dialog.getByText('recipients after sharing').allTextContents()).toEqual(['2 of 50 recipients after sharing']);
    await dialog.getByLabel('On a specific date').click();
    await clickButton(dialog, 'Share images');
    await waitForText(dialog, 'Enter a date and time.');
    await dialog.getByRole('textbox', { name: 'Date' }).fill('2099-05-06');
    await dialog.getByRole('textbox', { name: 'Time' }).fill('12:30');
    await clickButton(dialog, 'Share images');

    await waitForText(dialog, 'Shared with 2 recipients.');
    await waitForText(dialog, 'Failed to share late');
    await waitForText(dialog, `Image late (${late.imageId}) isn't available`);
    // The results have the problem, and nothing says that the image can be shared.
    await waitForNoText(dialog, 'after sharing');
    await waitForAnnouncement(page, 'Failed to share late');
    await waitForText(dialog, 'View rule: Images that can be shared');
    await waitForText(dialog, /Request ID: [0-9a-f-]{36}/);
    const expiresAt = new Date('2099-05-06T12:30:00').toISOString();
    const both = [first, second].map(({ account }) => expect.objectContaining({ recipient: account, expiresAt }));
    expect(await sharesOf(ready.imageId)).toEqual(expect.arrayContaining(both));
    expect(await sharesOf(late.imageId)).toEqual([]);

    await owner.ok(updateImage, { region, imageId: late.imageId, deprecated: false });
    await clickButton(dialog, 'Retry');
    await dialog.waitFor({ state: 'detached' });
    await waitForText(page, 'Shared 2 images with 2 recipients.');
    expect(await sharesOf(late.imageId)).toEqual(expect.arrayContaining(both));
    expect(await sharesOf(ready.imageId)).toHaveLength(2);
  });
});

describe('the recipients of a share', () => {
  const openShareDialog = async (page: Page, name: string) => {
    await clickButton(page, `Share ${name}`);
    return dialogOf(page, `Share ${name}`);
  };

  it('explains each invalid ID, and suggests recent recipients', async () => {
    const [first, second] = recipients as [Member, Member];
    const stranger = freshId();
    const image = await anImageOf(owner, region, { name: 'told' });
    const other = await anImageOf(owner, region, { name: 'told-next' });
    await anImageOf(owner, region, { name: 'not-told' });
    await share(owner, image, [first.account]);
    const page = await openConsole({ account: owner.account, path: '/images', heading: 'Custom images' });

    const dialog = await openShareDialog(page, 'told');
    await waitForText(dialog, /^1 of 50 recipients$/);
    expect(await dialog.locator('[class*=status-success]').count()).toBe(0);
    await clickButton(dialog, 'Share image');
    await waitForText(dialog, 'Enter at least one account ID.');
    await dialog.getByRole('textbox', { name: 'Account IDs' }).press('a');
    await waitForNoText(dialog, 'Enter at least one account ID.');
    await dialog.getByRole('textbox', { name: 'Account IDs' }).fill('');
    await enterRecipients(dialog, first.account, second.account, owner.account, stranger, '-x', 'y'.repeat(21));
    const issues = dialog.getByRole('list', { name: 'Notes about IDs' }).getByRole('listitem');
    const waitForIssue = async (id: string, text: string) => waitForText(issues.filter({ hasText: id }), text);
    await waitForIssue(first.account, 'Already has access.');
    await waitForIssue(owner.account, "You can't share an image with its owner.");
    await waitForIssue(stranger, 'No account found with this ID.');
    await waitForIssue('-x', 'IDs must start with a letter or digit');
    await waitForIssue('y'.repeat(21), 'IDs can have up to 20 characters.');
    expect(await issues.filter({ hasText: second.account }).count()).toBe(0);

    await clickButton(dialog, 'Share image');
    await waitForText(dialog, 'Correct or remove the invalid IDs.');
    await waitForAnnouncement(page, '4 invalid IDs');
    expect(await recipientsOf(image.imageId)).toEqual([first.account]);
    await clickButton(dialog, 'Remove 4 invalid IDs');
    await clickButton(dialog, 'Share image');
    await waitForText(page, 'Shared told with 2 recipients (1 already had access). It has 2 of 50 recipients.');
    await waitForAnnouncement(page, 'Shared told with 2 recipients (1 already had access).');
    expect(await recipientsOf(image.imageId)).toEqual([first.account, second.account].sort());
    await dialog.waitFor({ state: 'detached' });

    const next = await openShareDialog(page, 'told-next');
    await chooseFromMenu(next, 'Recent recipients', second.account);
    await waitForText(next, /^1 recipient$/);
    await chooseFromMenu(next, 'Recent recipients', first.account);
    await waitForNone(next.getByRole('button', { name: 'Recent recipients' }));
    await clickButton(next, 'Share image');
    await waitForText(page, 'Shared told-next with 2 recipients. It has 2 of 50 recipients.');
    expect(await recipientsOf(other.imageId)).toEqual([first.account, second.account].sort());
    await next.waitFor({ state: 'detached' });

    // More IDs than the service checks at once aren't called valid, and aren't discarded without asking.
    const long = await openShareDialog(page, 'not-told');
    const many = (await freshMembers(51)).map(({ account }) => account);
    const validated = page.waitForResponse(
      (response) =>
        response.url().includes('dryRun') &&
        response
          .request()
          .postData()
          ?.includes(many[0] ?? '') === true,
    );
    await enterRecipients(long, ...many);
    await validated;
    await waitForNoText(long, 'Validating IDs');
    await clickButton(long, 'Share image');
    await waitForText(long, 'You can add up to 50 recipients at a time. Remove 1 to continue.');
    expect(await long.getByText('All IDs are valid').count()).toBe(0);
    await clickButton(long, 'Cancel');
    await waitForText(long, 'You entered 51 recipients. Nothing is shared with them yet.');
    await clickButton(long, 'Discard and close');
    await long.waitFor({ state: 'detached' });
  });
});

describe('the dialogs that share an image', () => {
  it.each([
    {
      language: 'en',
      open: ['Share image', 'Share tagged'],
      edit: ['Edit recipients', 'Edit recipients of tagged'],
      text: 'Recipients can also see the name, description, and tags of the image.',
    },
    {
      language: 'zh-CN',
      open: ['共享', '共享镜像：tagged'],
      edit: ['编辑已共享的账号', '编辑已共享的账号：tagged'],
      text: '对方还可查看镜像的名称、描述和标签。',
    },
  ] as const)('say that recipients see its tags, in $language', async ({ language, open, edit, text }) => {
    const [recipient, added] = recipients as [Member, Member];
    const image = await anImageOf(owner, region, { name: 'tagged', tags: { release: '7' } });
    await share(owner, image, [recipient.account]);
    const path = `/images/${region}/${image.imageId}`;
    const page = await openConsole({ account: owner.account, language, path, heading: 'tagged' });

    await clickButton(page, open[0]);
    await waitForText(dialogOf(page, open[1]), text);
    await page.keyboard.press('Escape');
    await dialogOf(page, open[1]).waitFor({ state: 'detached' });
    await clickButton(page, edit[0]);
    const dialog = dialogOf(page, edit[1]);
    await dialog.getByRole('textbox').fill(`${recipient.account}\n${added.account}`);
    await waitForText(dialog, text);
    expect(await recipient.ok(getImage, { region, imageId: image.imageId })).toMatchObject({ tags: { release: '7' } });
  });
});

describe('sharing in a region where images belong to projects', () => {
  it('uses the chosen region and project, and requires confirmation', async () => {
    const [recipient] = recipients as [Member];
    const projectRegion = 'cn-bj2';
    const member = await freshMember();
    const second = freshId('org-');
    await operator().ok(putProject, { accountId: member.account, projectId: second, name: 'Second' });
    const inFirst = await anImageOf(member, projectRegion, { name: 'of-first' });
    const inSecond = await anImageOf(member, projectRegion, { name: 'of-second', project: second });
    expect([inFirst.owner, inSecond.owner]).toEqual([member.project, second]);
    const page = await openConsole({ account: member.account, path: '/images', heading: 'Custom images' });
    await waitForText(page, 'No custom images');

    await chooseFromMenu(page, /^Region: /, projectRegion);
    await page.getByRole('link', { name: 'of-first' }).waitFor();
    await chooseFromMenu(page, /^Project: /, second);
    await page.getByRole('link', { name: 'of-second' }).waitFor();
    await waitForNone(page.getByRole('link', { name: 'of-first' }));
    await selectRows(page, 'Select of-second');
    await clickButton(page, 'Share image');
    const dialog = dialogOf(page, 'Share of-second');
    await enterRecipients(dialog, recipient.project, recipient.account);
    await waitForText(dialog, 'No project found with this ID.');
    await dialog.getByRole('button', { name: `Remove ${recipient.account}` }).click();
    await waitForText(dialog, 'All IDs are valid');
    await clickButton(dialog, 'Share image');
    await waitForText(dialog, 'Select the check box to continue.');
    const shares = async () =>
      (await member.ok(listImageShares, { region: projectRegion, imageId: inSecond.imageId, project: second })).shares;
    expect(await shares()).toEqual([]);

    await dialog.getByLabel(/^I confirm that this image contains no sensitive data/).click();
    await clickButton(dialog, 'Share image');
    await waitForText(page, 'Shared of-second with 1 recipient.');
    expect(await shares()).toMatchObject([{ recipient: recipient.project }]);
    await dialog.waitFor({ state: 'detached' });

    // The URL of an image names its project.
    await page.getByRole('link', { name: 'of-second' }).click();
    await page.getByRole('heading', { level: 1, name: 'of-second' }).waitFor();
    const url = page.url();
    await chooseFromMenu(page, /^Project: /, member.project);
    await page.getByRole('link', { name: 'of-first' }).waitFor();
    await page.goto(url);
    await page.getByRole('heading', { level: 1, name: 'of-second' }).waitFor();
    await waitForText(page, recipient.project);
  });
});

describe('editing expirations', () => {
  it('moves those of the selected recipients in one call, and says from when to when', async () => {
    const [first, second, gone] = recipients as [Member, Member, Member];
    const image = await anImageOf(owner, region, { name: 'leased' });
    const before = new Date('2099-05-06T12:30:00').toISOString();
    await share(owner, image, [first.account], { expiresAt: before });
    await share(owner, image, [second.account, gone.account]);
    const path = `/images/${region}/${image.imageId}`;
    const page = await openConsole({ account: owner.account, path, heading: 'leased' });

    await selectRows(page, ...[first, second, gone].map(({ account }) => `Select ${account}`));
    expect(await page.getByRole('button', { name: 'Share image', exact: true }).count()).toBe(1);
    await clickButton(page, 'Edit expiration');
    const dialog = dialogOf(page, 'Edit expiration of leased');
    await waitForText(dialog, 'Expires: 2099-05-06 12:30:00');
    await clickButton(dialog, 'Save changes');
    await waitForText(dialog, 'Enter a date and time.');
    await dialog.getByLabel('In 7 days').click();
    await owner.ok(cancelImageShares, { region, imageId: image.imageId, recipient: [gone.account] });
    await clickButton(dialog, 'Save changes');
    await waitForText(
      page,
      /^Changed the expiration of 2 recipients of leased to .* \(was 2099-05-06 12:30:00 for 1, never for 1\)[.]/,
    );
    await waitForText(page, `No longer shared with: ${gone.account}.`);
    const [{ expiresAt } = {}, ...others] = await sharesOf(image.imageId);
    expect(others).toMatchObject([{ expiresAt }]);
    expect(Date.parse(expiresAt ?? '') - Date.now()).toBeGreaterThan(6.9 * 86_400_000);

    await page.getByLabel('Expiring within 7 days').click();
    await rowOf(page, first.account).getByRole('img', { name: 'Expires soon' }).waitFor();
    // Both are still selected.
    await selectRows(page, `Select ${second.account}`);
    await clickButton(page, 'Edit expiration');
    await dialog.getByLabel('Never').click();
    await clickButton(dialog, 'Save changes');
    await waitForText(page, 'Changed the expiration of 1 recipient of leased to never (was ');
    await waitForNone(rowOf(page, first.account));

    await clickButton(page, 'Share image');
    const sharing = dialogOf(page, 'Share leased');
    await enterRecipients(sharing, first.account, gone.account);
    await sharing.getByLabel('In 30 days').click();
    await clickButton(sharing, 'Share image');
    await waitForText(
      page,
      /^Shared leased with 2 recipients \(1 already had access\)[.] Changed the expiration of 1 recipient of leased to .* \(was never\)[.]/,
    );
  });
});

describe('editing the list of recipients', () => {
  it('previews the changes, and merges changes by others', async () => {
    const [kept, removed, added, byOthers] = recipients as [Member, Member, Member, Member];
    const image = await anImageOf(owner, region, { name: 'listed' });
    await share(owner, image, [kept.account, removed.account]);
    const page = await openConsole({
      account: owner.account,
      path: `/images/${region}/${image.imageId}`,
      heading: 'listed',
    });

    await clickButton(page, 'Edit recipients');
    const dialog = dialogOf(page, 'Edit recipients of listed');
    await waitForText(dialog, 'No changes');
    expect(await dialog.getByRole('button', { name: 'Save changes' }).isDisabled()).toBe(true);
    // So many lines that the field isn't visible from the button.
    const field = dialog.getByRole('textbox');
    await field.fill(Array.from({ length: 40 }, (_, index) => `-invalid-${index}`).join('\n'));
    await clickButton(dialog, 'Save changes');
    await waitForText(dialog, 'Correct or remove the invalid IDs.');
    await dialog.locator('textarea:focus[aria-invalid=true]').waitFor();
    await field.fill(`${kept.account}\n${added.account}`);
    await waitForText(dialog.getByRole('group', { name: 'To add (1)' }), added.account);
    await waitForText(dialog.getByRole('group', { name: 'To remove (1)' }), removed.account);
    await waitForText(dialog, 'Unchanged (1)');
    await waitForText(dialog, 'They will no longer be able to launch instances from this image.');

    await share(owner, image, [byOthers.account]);
    // The dialog polls the list. If it already detected the change, the button is disabled.
    await dialog.getByRole('button', { name: 'Save changes' }).click({ force: true });
    await waitForText(dialog, 'Recipients were changed by someone else');
    await waitForText(dialog, `Added: ${byOthers.account}. Merge them into your list before you save.`);
    expect(await recipientsOf(image.imageId)).toEqual([kept, removed, byOthers].map(({ account }) => account).sort());

    await clickButton(dialog, 'Merge changes');
    await waitForNoText(dialog, 'Recipients were changed by someone else');
    await waitForText(dialog, 'Unchanged (2)');
    await clickButton(dialog, 'Save changes');
    await waitForText(page, 'Successfully updated the recipients of listed: 1 added, 1 removed.');
    expect(await recipientsOf(image.imageId)).toEqual([kept, added, byOthers].map(({ account }) => account).sort());
    await rowOf(page, added.account).waitFor();
    await waitForNone(rowOf(page, removed.account));
  });

  it('keeps recipients added while it saves, and stays open until the result is known', async () => {
    const [kept, added, byOthers] = recipients as [Member, Member, Member];
    const image = await anImageOf(owner, region, { name: 'listed-late' });
    await share(owner, image, [kept.account]);
    const path = `/images/${region}/${image.imageId}`;
    const page = await openConsole({ account: owner.account, path, heading: 'listed-late' });
    await clickButton(page, 'Edit recipients');
    const dialog = dialogOf(page, 'Edit recipients of listed-late');
    await dialog.getByRole('textbox').fill(added.account);
    await waitForText(dialog.getByRole('group', { name: 'To add (1)' }), added.account);

    await page.route('**/shares*', async (route) => {
      if (route.request().method() === 'PATCH' && !route.request().url().includes('dryRun')) {
        await page.keyboard.press('Escape');
        await share(owner, image, [byOthers.account]);
      }
      await route.continue();
    });
    await clickButton(dialog, 'Save changes');
    await waitForText(page, 'Successfully updated the recipients of listed-late: 1 added, 1 removed.');
    expect(await recipientsOf(image.imageId)).toEqual([added, byOthers].map(({ account }) => account).sort());
  });
});
