import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { getImage } from '../../functions/get-image.ts';
import { putAccount } from '../../functions/put-account.ts';
import { freshMember, freshMembers, operator } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { anImageOf, freshId, type Member, share } from '../support/client.ts';
import { chooseFromMenu, clickButton, waitForNone, waitForNoText, waitForText } from '../support/console.ts';
import { origin } from '../support/service.ts';

const region = 'ap-guangzhou';

describe('error states of the console', () => {
  it('an unknown URL and a missing image have an error, a request ID, and a way back', async () => {
    const member = await freshMember();
    const page = await openConsole({ account: member.account, path: '/imagse', heading: 'Page not found' });
    await waitForText(page, "We can't find a page at /console/imagse.");
    await page.getByRole('main').getByRole('link', { name: 'Custom images' }).last().click();
    await page.getByRole('heading', { level: 1, name: 'Custom images' }).waitFor();

    await page.goto(`${origin()}/console/images/${region}/img-nowhere1`);
    await waitForText(page, (await member.refused(getImage, { region, imageId: 'img-nowhere1' })).detail);
    await page.locator('a[href="/v1/docs/errors#received.visible"]').waitFor();
    await waitForText(page, /Request ID: [0-9a-f-]{36}/);
    await page.getByRole('link', { name: 'Custom images' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Custom images' }).waitFor();
  });

  it('an empty list has a title, an explanation, and an action', async () => {
    const member = await freshMember();
    const page = await openConsole({ account: member.account, path: '/images', heading: 'Custom images' });
    await waitForText(page, 'No custom images');
    await waitForText(page, 'Register an image, or create one from an instance.');
    for (const [link, title, text, action] of [
      ['Shared images', 'No shared images', 'send your account ID to the image owner', `Copy ${member.account}`],
      ['Instances', 'No instances', 'Launch an instance from your own, a shared, or a public image.', 'Launch instance'],
      ['Account', 'No access keys', 'Create an access key to call this service with an SDK.', 'Create access key'],
    ] as const) {
      await page.getByRole('link', { name: link }).click();
      await waitForText(page, title);
      await waitForText(page, text);
      await page.getByRole('button', { name: action, exact: true }).last().waitFor();
    }

    const { imageId } = await anImageOf(member, region, { name: 'alone' });
    await page.goto(`${origin()}/console/images/${region}/${imageId}`);
    await waitForText(page, 'Not shared');
    await page.getByRole('table').getByRole('button', { name: 'Share image' }).click();
    await page.getByRole('dialog', { name: 'Share alone' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'Instances' }).click();
    await waitForText(page, "You haven't launched instances from this image.");
    await page.getByRole('table').getByRole('button', { name: 'Launch instance' }).waitFor();
  });

  it('an image that was deleted in the meantime disappears from its page', async () => {
    const owner = await freshMember();
    const image = await anImageOf(owner, region, { name: 'short-lived' });
    const path = `/images/${region}/${image.imageId}`;
    const page = await openConsole({ account: owner.account, path, heading: 'short-lived' });
    await waitForText(page, 'Not encrypted');

    // Until the name is known, the title isn't the ID.
    const { promise: isLoading, resolve: load } = Promise.withResolvers<void>();
    await page.route(`**/v1/**/images/${image.imageId}`, async (route) => {
      await isLoading;
      await route.continue();
    });
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Loading' }).waitFor();
    load();
    await page.getByRole('heading', { level: 1, name: 'short-lived' }).waitFor();
    await owner.ok(deleteImage, { region, imageId: image.imageId });

    await clickButton(page, 'Refresh');
    await waitForText(page, 'This image was deleted');
    await waitForNoText(page, 'Not encrypted');
    await waitForNone(page.getByRole('button', { name: 'Share image', exact: true }));
  });

  it('an account without projects can use the regions where images belong to accounts', async () => {
    const account = freshId();
    await operator().ok(putAccount, { accountId: account, name: 'New' });
    const page = await openConsole({ account, path: '/images?region=cn-bj2', heading: 'Your account has no projects' });
    await waitForText(page, 'Images in Beijing 2 (cn-bj2) belong to projects. Ask your administrator to create a project');
    await page.getByRole('link', { name: 'Account', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor();
    await page.goBack();
    await clickButton(page, 'Switch to Guangzhou (ap-guangzhou)');
    await page.getByRole('heading', { level: 1, name: 'Custom images' }).waitFor();
  });

  it('an account that is not registered can sign out, and the page has a header from the start', async () => {
    const account = freshId();
    const page = await openConsole({ account });
    await waitForText(page, `You're signed in as ${account}.`);
    const header = page.getByRole('banner').getByRole('button', { name: 'Language and theme' });
    await header.waitFor();

    const { promise: isLoading, resolve: load } = Promise.withResolvers<void>();
    await page.route('**/v1/regions', async (route) => {
      await isLoading;
      await route.continue();
    });
    await page.reload();
    await waitForText(page, 'Loading');
    await header.waitFor();
    load();
    await clickButton(page, 'Sign in with a different account');
    await page.getByRole('heading', { name: "You're signed out" }).waitFor();
  });

  it('a page whose chunk is missing can be reloaded', async () => {
    const member = await freshMember();
    const page = await openConsole({ account: member.account, path: '/images', heading: 'Custom images' });
    const files = '**/console/assets/access-checker-*.js';
    await page.route(files, (route) => route.abort());
    await page.getByRole('link', { name: 'Access checker' }).click();
    await waitForText(page, "This page couldn't be displayed");
    await page.getByRole('link', { name: 'Custom images' }).first().waitFor();

    await page.unroute(files);
    await clickButton(page, 'Reload');
    await page.getByRole('heading', { level: 1, name: 'Access checker' }).waitFor();
  });

  it('a request is repeated if the service says when, and never if it is refused', async () => {
    const member = await freshMember();
    const page = await openConsole({ account: member.account, path: '/images', heading: 'Custom images' });
    const retryLater = { status: 503, headers: { 'retry-after': '1' }, json: { message: 'Service Unavailable' } };
    await page.route('**/v1/regions/*/instances?*', (route) => route.fulfill(retryLater), { times: 2 });
    await page.getByRole('link', { name: 'Instances' }).click();
    await waitForText(page, 'No instances');

    let requests = 0;
    await page.route('**/v1/**/img-nowhere1*', (route) => {
      requests += 1;
      return route.continue();
    });
    await page.goto(`${origin()}/console/images/${region}/img-nowhere1`);
    await page.locator('a[href="/v1/docs/errors#received.visible"]').waitFor();
    expect(requests).toBe(1);
  });

  it('loaded data remains visible with its time while the service is unreachable', async () => {
    const [owner, recipient] = (await freshMembers(2)) as [Member, Member];
    const image = await anImageOf(owner, region, { name: 'lent' });
    await share(owner, image, [recipient.account]);
    const page = await openConsole({ account: recipient.account, path: '/shared-images', heading: 'Shared images' });
    await waitForText(page, 'lent');

    const images = '**/v1/regions/*/images?*';
    await page.route(images, (route) => route.abort());
    await owner.ok(cancelImageShares, { region, imageId: image.imageId, all: 'true' });
    await clickButton(page, 'Refresh');
    await waitForText(page, /Couldn't refresh\. Showing data from \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\./);
    await page.getByRole('link', { name: 'lent' }).waitFor();
    await chooseFromMenu(page, /^Region: /, 'cn-hangzhou');
    await waitForText(page, "Can't reach the service. Check your network connection, and then retry.");
    await waitForText(page, "Couldn't load shared images");

    // A gateway can respond instead of the service.
    await page.unroute(images);
    await page.route(images, (route) => route.fulfill({ status: 503, json: { message: 'Service Unavailable' } }));
    await clickButton(page, 'Retry');
    await waitForText(page, "Can't reach the service. Check your network connection, and then retry.");

    await page.unroute(images);
    await clickButton(page, 'Retry');
    await waitForNoText(page, "Can't reach the service.");
    await waitForText(page, 'No shared images');
  });
});
