import type { Page } from 'playwright-core';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { putProject } from '../../functions/put-project.ts';
import { updateImage } from '../../functions/update-image.ts';
import { freshMember, freshMembers, operator } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { anImageOf, freshId, type Member, share } from '../support/client.ts';
import {
  choose,
  closeDialog,
  dialogOf,
  enterRecipients,
  press,
  rowOf,
  sees,
  seesNoMore,
  selectRows,
  untilNone,
} from '../support/console.ts';

const region = 'ap-guangzhou';
let owner: Member;
let recipients: Member[];

beforeAll(async () => {
  [owner, ...recipients] = (await freshMembers(6)) as [Member, ...Member[]];
});

const sharesOf = async (imageId: string) => (await owner.ok(listImageShares, { region, imageId })).shares;
const recipientsOf = async (imageId: string) => (await sharesOf(imageId)).map(({ recipient }): string => recipient).sort();

describe('sharing several images at once', () => {
  it('says of each what came of it, tries again for what was refused, and sends the end time', async () => {
    const [first, second] = recipients as [Member, Member];
    const ready = await anImageOf(owner, region, { name: 'ready' });
    const late = await anImageOf(owner, region, { name: 'late' });
    await owner.ok(updateImage, { region, imageId: late.imageId, deprecated: true });
    const page = await openConsole({ account: owner.account, path: '/images', heading: 'Custom images' });

    await selectRows(page, 'Select ready', 'Select late');
    await press(page, 'Share');
    const dialog = dialogOf(page, 'Share 2 images');
    await enterRecipients(dialog, first.account, second.account);
    await dialog.getByLabel('At a time').click();
    await press(dialog, 'Share');
    await sees(dialog, 'State a date and a time.');
    await dialog.getByRole('textbox', { name: 'Date' }).fill('2099/05/06');
    await dialog.getByRole('textbox', { name: 'Time' }).fill('12:30');
    await press(dialog, 'Share');

    await sees(dialog, 'Shared with 2 recipients. 48 of 50 places left');
    await sees(dialog, 'Not shared: late');
    await sees(dialog, 'share.custom-only');
    await sees(dialog, /Request id: [0-9a-f-]{36}/);
    const expiresAt = new Date('2099-05-06T12:30:00').toISOString();
    const both = [first, second].map(({ account }) => expect.objectContaining({ recipient: account, expiresAt }));
    expect(await sharesOf(ready.imageId)).toEqual(expect.arrayContaining(both));
    expect(await sharesOf(late.imageId)).toEqual([]);

    await owner.ok(updateImage, { region, imageId: late.imageId, deprecated: false });
    await press(dialog, 'Try again for what was refused');
    await seesNoMore(dialog, 'Not shared: late');
    expect(await sharesOf(late.imageId)).toEqual(expect.arrayContaining(both));
    expect(await sharesOf(ready.imageId)).toHaveLength(2);
  });
});

describe('the recipients of a share', () => {
  const open = async (page: Page, name: string) => {
    await selectRows(page, `Select ${name}`);
    await press(page, 'Share');
    return dialogOf(page, `Share ${name}`);
  };

  it('says next to every wrong id what is wrong with it, and offers those of last time', async () => {
    const [first, second] = recipients as [Member, Member];
    const stranger = freshId();
    const image = await anImageOf(owner, region, { name: 'told' });
    const other = await anImageOf(owner, region, { name: 'told-next' });
    await share(owner, image, [first.account]);
    const page = await openConsole({ account: owner.account, path: '/images', heading: 'Custom images' });

    const dialog = await open(page, 'told');
    await enterRecipients(dialog, first.account, second.account, owner.account, stranger, '-x', 'y'.repeat(21));
    const remarks = dialog.getByRole('list', { name: 'Ids with a remark' }).getByRole('listitem');
    const remarkOn = async (id: string, words: string) => sees(remarks.filter({ hasText: id }), words);
    await remarkOn(first.account, 'Holds the image already; it counts once.');
    await remarkOn(owner.account, 'The owner of the image cannot be its recipient.');
    await remarkOn(stranger, 'There is no open account with this id.');
    await remarkOn('-x', 'An id begins with a letter or digit');
    await remarkOn('y'.repeat(21), 'An id has at most 20 characters.');
    expect(await remarks.filter({ hasText: second.account }).count()).toBe(0);

    await press(dialog, 'Share');
    await sees(dialog, 'Correct or remove the ids that are marked as wrong.');
    expect(await recipientsOf(image.imageId)).toEqual([first.account]);
    await press(dialog, 'Remove 4 wrong ids');
    await press(dialog, 'Share');
    await sees(dialog, 'Shared with 2 recipients (1 held it already). 48 of 50 places left');
    expect(await recipientsOf(image.imageId)).toEqual([first.account, second.account].sort());
    await closeDialog(dialog);

    await selectRows(page, 'Select told');
    const next = await open(page, 'told-next');
    await choose(next, 'Recent recipients', second.account);
    await sees(next, '1 recipient entered');
    await press(next, 'Share');
    await sees(next, 'Shared with 1 recipient.');
    expect(await recipientsOf(other.imageId)).toEqual([second.account]);
  });
});

describe('sharing where images belong to projects', () => {
  it('takes the region and the project that are chosen, and wants the risk confirmed', async () => {
    const [recipient] = recipients as [Member];
    const there = 'cn-bj2';
    const member = await freshMember();
    const second = freshId('org-');
    await operator().ok(putProject, { accountId: member.account, projectId: second, name: 'Second' });
    const inFirst = await anImageOf(member, there, { name: 'of-first' });
    const inSecond = await anImageOf(member, there, { name: 'of-second', project: second });
    expect([inFirst.owner, inSecond.owner]).toEqual([member.project, second]);
    const page = await openConsole({ account: member.account, path: '/images', heading: 'Custom images' });
    await sees(page, 'No custom images');

    await choose(page, /^Region: /, there);
    await page.getByRole('link', { name: 'of-first' }).waitFor();
    await choose(page, /^Project: /, second);
    await page.getByRole('link', { name: 'of-second' }).waitFor();
    await untilNone(page.getByRole('link', { name: 'of-first' }));
    await selectRows(page, 'Select of-second');
    await press(page, 'Share');
    const dialog = dialogOf(page, 'Share of-second');
    await enterRecipients(dialog, recipient.project, recipient.account);
    await sees(dialog, 'There is no open project with this id.');
    await dialog.getByRole('button', { name: `Remove ${recipient.account}` }).click();
    await sees(dialog, 'The service knows these ids');
    await press(dialog, 'Share');
    await sees(dialog, 'Confirm this to share.');
    const shares = async () =>
      (await member.ok(listImageShares, { region: there, imageId: inSecond.imageId, project: second })).shares;
    expect(await shares()).toEqual([]);

    await dialog.getByLabel('I confirm that it holds nothing sensitive.').click();
    await press(dialog, 'Share');
    await sees(dialog, 'Shared with 1 recipient.');
    expect(await shares()).toMatchObject([{ recipient: recipient.project }]);
    await closeDialog(dialog);

    // The address of an image leads there whichever project is chosen.
    await page.getByRole('link', { name: 'of-second' }).click();
    await page.getByRole('heading', { level: 1, name: 'of-second' }).waitFor();
    const address = page.url();
    await choose(page, /^Project: /, member.project);
    await page.getByRole('link', { name: 'of-first' }).waitFor();
    await page.goto(address);
    await page.getByRole('heading', { level: 1, name: 'of-second' }).waitFor();
    await sees(page, recipient.project);
  });
});

describe('editing the whole list of recipients', () => {
  it('shows what saving changes, and takes in what others changed meanwhile', async () => {
    const [kept, removed, added, byOthers] = recipients as [Member, Member, Member, Member];
    const image = await anImageOf(owner, region, { name: 'listed' });
    await share(owner, image, [kept.account, removed.account]);
    const page = await openConsole({
      account: owner.account,
      path: `/images/${region}/${image.imageId}`,
      heading: 'listed',
    });

    await press(page, 'Edit the whole list');
    const dialog = dialogOf(page, 'Edit the recipients of listed');
    await sees(dialog, 'Nothing changes.');
    expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill(`${kept.account}\n${added.account}`);
    await sees(dialog.getByRole('group', { name: 'Added: 1' }), added.account);
    await sees(dialog.getByRole('group', { name: 'Removed: 1' }), removed.account);
    await sees(dialog, 'Kept: 1');
    await sees(dialog, 'No new servers are made from the image.');

    await share(owner, image, [byOthers.account]);
    // The dialog reads the list again and again: where it noticed already, the button does nothing any more.
    await dialog.getByRole('button', { name: 'Save' }).click({ force: true });
    await sees(dialog, 'Somebody changed the list meanwhile');
    await sees(dialog, `Added: ${byOthers.account}. Nothing was saved.`);
    expect(await recipientsOf(image.imageId)).toEqual([kept, removed, byOthers].map(({ account }) => account).sort());

    await press(dialog, 'Take these changes into my list');
    await seesNoMore(dialog, 'Somebody changed the list meanwhile');
    await sees(dialog, 'Kept: 2');
    await press(dialog, 'Save');
    await untilNone(dialog.getByRole('textbox'));
    await sees(dialog, 'Added: 1');
    await sees(dialog, 'Removed: 1');
    await sees(dialog, '3 of 50 places');
    expect(await recipientsOf(image.imageId)).toEqual([kept, added, byOthers].map(({ account }) => account).sort());
    await closeDialog(dialog);
    await rowOf(page, added.account).waitFor();
    await untilNone(rowOf(page, removed.account));
  });

  it('leaves those alone who come while it is being saved, and stays open until that is known', async () => {
    const [kept, added, byOthers] = recipients as [Member, Member, Member];
    const image = await anImageOf(owner, region, { name: 'listed-late' });
    await share(owner, image, [kept.account]);
    const path = `/images/${region}/${image.imageId}`;
    const page = await openConsole({ account: owner.account, path, heading: 'listed-late' });
    await press(page, 'Edit the whole list');
    const dialog = dialogOf(page, 'Edit the recipients of listed-late');
    await dialog.getByRole('textbox').fill(added.account);
    await sees(dialog.getByRole('group', { name: 'Added: 1' }), added.account);

    await page.route('**/shares*', async (route) => {
      if (route.request().method() === 'PATCH' && !route.request().url().includes('dryRun')) {
        await page.keyboard.press('Escape');
        await share(owner, image, [byOthers.account]);
      }
      await route.continue();
    });
    await press(dialog, 'Save');
    await untilNone(dialog.getByRole('textbox'));
    await sees(dialog, 'Removed: 1');
    expect(await recipientsOf(image.imageId)).toEqual([added, byOthers].map(({ account }) => account).sort());
  });
});
