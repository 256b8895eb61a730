import type { Page } from 'playwright-core';
import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { checkImageAccess } from '../../functions/check-image-access.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { reinitializeInstance } from '../../functions/reinitialize-instance.ts';
import { ruleOf } from '../../lib/rules/catalog.ts';
import { freshMember, freshMembers } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { anImageOf, inBatches, launch, type Member, share } from '../support/client.ts';
import {
  chooseFromMenu,
  clickButton,
  dialogOf,
  selectOption,
  selectRows,
  waitForAnnouncement,
  waitForNone,
  waitForText,
} from '../support/console.ts';
import { origin } from '../support/service.ts';

const region = 'ap-guangzhou';
let owner: Member;
let recipient: Member;

beforeAll(async () => {
  [owner, recipient] = (await freshMembers(2)) as [Member, Member];
});

describe('the access checker', () => {
  it('shows an owner the decision for any account and action, with the rule, its sources, and a recommended action', async () => {
    const { imageId } = await anImageOf(owner, region, { name: 'explained' });
    await share(owner, { region, imageId }, [recipient.account]);
    const page = await openConsole({ account: owner.account, path: '/access-checker', heading: 'Access checker' });
    await waitForText(page, 'Choose an image and an action, and then choose Check access.');
    await clickButton(page, 'Check access');
    await page.getByRole('main').getByText('Choose an image.', { exact: true }).waitFor();

    // A name finds the image; an ambiguous or unknown one isn't answered as if it were an ID.
    const image = page.getByLabel('Image', { exact: true });
    await Promise.all(['twice', 'twice', 'web-prod1'].map((name) => anImageOf(owner, region, { name })));
    await image.fill('twice');
    await clickButton(page, 'Check access');
    await waitForText(page, 'Several images have this name.');
    await image.fill('no such image');
    await clickButton(page, 'Check access');
    await waitForText(page, "You don't have an image with this name");
    await waitForNone(page.getByText(/^Denied$/));
    await image.fill('web-prod1');
    await clickButton(page, 'Check access');
    await waitForText(page, 'You can launch an instance from web-prod1 (img-');

    await page.getByLabel('Image', { exact: true }).fill('explai');
    await page.getByRole('option', { name: /explained/ }).click();
    await page.getByLabel(/^Account - optional/).click();
    await page.getByRole('option', { name: recipient.account }).click();
    await clickButton(page, 'Check access');
    await waitForText(page, `Account ${recipient.account} can launch an instance from explained (${imageId}).`);
    await waitForText(page, /^Allowed$/);
    await waitForAnnouncement(page, `Account ${recipient.account} can launch an instance from explained (${imageId}).`);
    const decision = await owner.ok(checkImageAccess, { region, imageId, use: 'launch', principal: recipient.account });
    await waitForText(page, `This image is shared with ${recipient.account}.`);
    expect(decision.sources).toEqual([
      'Tencent Cloud: Image sharing FAQ (2022)',
      'Tencent Cloud International: Sharing Custom Images',
    ]);
    for (const source of decision.sources) {
      await waitForText(page, source);
    }
    await waitForNone(page.getByText(/^Alibaba Cloud/));
    expect(await page.getByRole('link', { name: 'View rule: Using a shared image' }).getAttribute('href')).toBe(
      '/v1/docs/errors#received.use',
    );

    await page.getByLabel(/^Account - optional/).fill('nobody');
    await clickButton(page, 'Check access');
    await waitForText(page, "Account nobody can't launch an instance");
    await waitForText(page, 'Share the image first.');

    await page.getByLabel(/^Account - optional/).fill('');
    await selectOption(page, 'Action', /^Delete image$/);
    await clickButton(page, 'Check access');
    await waitForText(page, `You can't delete explained (${imageId}).`);
    await waitForText(page, /^Denied$/);
    await page.locator('a[href="/v1/docs/errors#delete.guard"]').waitFor();
    await waitForText(page, `${ruleOf('delete.guard').remedy}.`);

    // The URL restores the check in its region.
    const check = page.url();
    await chooseFromMenu(page, /^Region: /, 'cn-hangzhou');
    await page.waitForURL(/region=cn-hangzhou/);
    await page.locator('a[href="/v1/docs/errors#received.visible"]').waitFor();
    await page.goto(check);
    await waitForText(page, `You can't delete explained (${imageId}).`);
    await page.getByRole('button', { name: new RegExp(`^Region: .*\\(${region}\\)`) }).waitFor();
  });

  it('suggests every image with the text in its name, however many there are', async () => {
    const member = await freshMember();
    const { imageId } = await anImageOf(member, region, { name: 'oldest' });
    await inBatches(
      Array.from({ length: 100 }, (_, index) => `image-${index}`),
      (name) => anImageOf(member, region, { name }),
    );
    const page = await openConsole({ account: member.account, path: '/access-checker', heading: 'Access checker' });
    await page.getByLabel('Image', { exact: true }).fill('old');
    await page.getByRole('option', { name: /oldest/ }).click();
    await clickButton(page, 'Check access');
    await waitForText(page, `You can launch an instance from oldest (${imageId}).`);
  });

  it('shows a recipient only its own access, at the former path too', async () => {
    const { imageId } = await anImageOf(owner, region, { name: 'explained-to-recipient' });
    await share(owner, { region, imageId }, [recipient.account]);
    const page = await openConsole({
      account: recipient.account,
      path: `/why?image=${imageId}&use=share`,
      heading: 'Access checker',
    });

    await waitForText(page, `You can't share explained-to-recipient (${imageId}).`);
    await page.locator('a[href="/v1/docs/errors#share.no-reshare"]').waitFor();
    await waitForText(page, "Recipients can't reshare a shared image. This image is shared with you.");
    await waitForText(page, `${ruleOf('share.no-reshare').remedy}.`);
    expect(new URL(page.url()).pathname).toBe('/console/access-checker');
    await waitForNone(page.getByLabel(/^Account - optional/));

    await page.goto(`${origin()}/console/why?image=${imageId}&use=launch&holder=${owner.account}`);
    await waitForText(page, /Request ID: [0-9a-f-]{36}/);
  });
});

describe('the access check of an instance', () => {
  it('names the rule that refuses to reinitialize it', async () => {
    const image = await anImageOf(owner, region, { name: 'once-shared' });
    await share(owner, image, [recipient.account]);
    const { instanceId } = await launch(recipient, image);
    await owner.ok(cancelImageShares, { region, imageId: image.imageId, all: true });
    const refusal = await recipient.refused(reinitializeInstance, { region, instanceId });
    expect(refusal.rule).toBe('cancel.instances-live');
    const page = await openConsole({ account: recipient.account, path: '/instances', heading: 'Instances' });

    await selectRows(page, `Select instance ${instanceId}`);
    await chooseFromMenu(page, 'Actions', /^Check access/);
    await page.locator('a[href="/v1/docs/errors#cancel.instances-live"]').waitFor();
    const asked = { region, imageId: image.imageId, use: 'reinitialize', instanceId };
    const { reason } = await recipient.ok(checkImageAccess, asked);
    await waitForText(page, reason);
    expect(refusal.detail).toContain(reason);

    // The instance no longer applies once another action is chosen.
    await selectOption(page, 'Action', /^Launch instance$/);
    await clickButton(page, 'Check access');
    await page.locator('a[href="/v1/docs/errors#received.visible"]').waitFor();
  });
});

describe('the console in Chinese', () => {
  /** Latin words on the page, except IDs, which are not translated. */
  const latinWordsOn = async (page: Page, ...ids: readonly string[]): Promise<readonly string[]> => {
    const text = (await page.getByRole('main').textContent()) ?? '';
    const rest = ids.reduce((left, id) => left.replaceAll(id, ' '), text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ' '));
    return (rest.match(/[A-Za-z]{2,}/g) ?? []).filter((word) => word !== 'ID' && word !== 'UCloud');
  };

  it('explains denials and failures without English words', async () => {
    const { imageId } = await anImageOf(owner, region, { name: 'explained-in-chinese' });
    await share(owner, { region, imageId }, [recipient.account]);
    const page = await openConsole({
      account: owner.account,
      language: 'zh-CN',
      path: `/access-checker?region=${region}&image=${imageId}&use=delete`,
      heading: '权限检查',
    });
    await waitForText(page, `您无法删除镜像 explained-in-chinese (${imageId})。`);
    await waitForText(page, '该镜像已共享。镜像共享期间不能删除。');
    await waitForText(page, '请先取消共享。');
    await waitForText(page, '腾讯云：共享自定义镜像');
    expect(await latinWordsOn(page, imageId, region, 'explained-in-chinese', 'delete.guard')).toEqual([]);

    await page.goto(`${origin()}/console/images/${region}/img-nowhere1`);
    await waitForText(page, '镜像不存在，或未共享给该账号。请联系镜像所有者共享该镜像。');
    expect(await latinWordsOn(page, 'img-nowhere1', 'received.visible')).toEqual([]);
  });
});

describe('the fix for a refusal', () => {
  it('is offered by the access checker, and where a request was refused', async () => {
    const image = await anImageOf(owner, region, { name: 'guarded' });
    const { imageId } = image;
    await share(owner, image, [recipient.account]);
    const path = `/access-checker?region=${region}&image=${imageId}&use=delete`;
    const page = await openConsole({ account: owner.account, path, heading: 'Access checker' });
    await waitForText(page, /^Denied$/);
    await clickButton(page, 'Stop sharing');
    await clickButton(dialogOf(page, 'Stop sharing guarded'), 'Stop sharing');
    await waitForText(page, /^Allowed$/);
    expect((await owner.ok(listImageShares, { region, imageId })).shares).toEqual([]);

    const theirs = await openConsole({ account: recipient.account, path: `/images/${region}/${imageId}` });
    await clickButton(theirs, 'Why?');
    await waitForText(theirs, ruleOf('received.visible').says);
    await theirs.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await clickButton(theirs, 'Copy a message to the owner');
    await waitForText(theirs, 'Copied');
    expect(await theirs.evaluate('navigator.clipboard.readText()')).toBe(
      `Please share image ${imageId} in ${region} with my account ${recipient.account}.\n${origin()}/console/images/${region}/${imageId}`,
    );
  });
});
