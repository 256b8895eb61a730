import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { freshMember, freshMembers } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { anImageOf, freshId, type Member, share } from '../support/client.ts';
import { choose, press, sees, seesNoMore, untilNone } from '../support/console.ts';
import { origin } from '../support/service.ts';

const region = 'ap-guangzhou';

describe('what the console says when there is trouble', () => {
  it('names an address that leads nowhere, and an image that is not there with the request id, and leads on', async () => {
    const member = await freshMember();
    const page = await openConsole({ account: member.account, path: '/imagse', heading: 'There is no such page' });
    await sees(page, 'Nothing is at /console/imagse.');
    await page.getByRole('main').getByRole('link', { name: 'Custom images' }).last().click();
    await page.getByRole('heading', { level: 1, name: 'Custom images' }).waitFor();

    await page.goto(`${origin()}/console/images/${region}/img-nowhere1`);
    await sees(page, 'There is no image img-nowhere1 in ap-guangzhou that you can see.');
    await page.getByRole('link', { name: 'received.visible' }).waitFor();
    await sees(page, /Request id: [0-9a-f-]{36}/);
    await page.getByRole('link', { name: 'Custom images' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Custom images' }).waitFor();
  });

  it('says of every list that is empty what would be in it', async () => {
    const member = await freshMember();
    const page = await openConsole({ account: member.account, path: '/images', heading: 'Custom images' });
    await sees(page, 'No custom images');
    await sees(page, 'Register an image, or make one from a server.');
    for (const [link, text] of [
      ['Shared images', 'Nobody shares an image with you in this region. Give your id, on the page Account'],
      ['Instances', 'You have no instance in this region.'],
      ['Account', 'No access keys yet.'],
    ] as const) {
      await page.getByRole('link', { name: link }).click();
      await sees(page, text);
    }

    const { imageId } = await anImageOf(member, region, { name: 'alone' });
    await page.goto(`${origin()}/console/images/${region}/${imageId}`);
    await sees(page, 'Shared with nobody');
    await page.getByRole('tab', { name: 'Instances' }).click();
    await sees(page, 'No instance was made from it');
  });

  it('shows no more of an image that was deleted meanwhile than that it is gone', async () => {
    const owner = await freshMember();
    const image = await anImageOf(owner, region, { name: 'short-lived' });
    const path = `/images/${region}/${image.imageId}`;
    const page = await openConsole({ account: owner.account, path, heading: 'short-lived' });
    await sees(page, 'Not encrypted');
    await owner.ok(deleteImage, { region, imageId: image.imageId });

    await press(page, 'Refresh');
    await sees(page, `There is no image ${image.imageId} in ap-guangzhou that you can see.`);
    await seesNoMore(page, 'Not encrypted');
    await untilNone(page.getByRole('button', { name: 'Share', exact: true }));
  });

  it('leads on whoever signs in as an account that is not known here', async () => {
    const page = await openConsole({ account: freshId() });
    await sees(page, 'No such account');
    await sees(page, 'Ask them, or sign in as another account.');
    await press(page, 'Sign out');
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
  });

  it('offers to load a page again whose file is not there', async () => {
    const member = await freshMember();
    const page = await openConsole({ account: member.account, path: '/images', heading: 'Custom images' });
    const files = '**/console/assets/why-*.js';
    await page.route(files, (route) => route.abort());
    await page.getByRole('link', { name: 'Why?' }).click();
    await sees(page, 'This page could not be shown');
    await page.getByRole('link', { name: 'Custom images' }).first().waitFor();

    await page.unroute(files);
    await press(page, 'Load again');
    await page.getByRole('heading', { level: 1, name: 'Why?' }).waitFor();
  });

  it('keeps what it read while the service cannot be reached, and says of when it is', async () => {
    const [owner, recipient] = (await freshMembers(2)) as [Member, Member];
    const image = await anImageOf(owner, region, { name: 'lent' });
    await share(owner, image, [recipient.account]);
    const page = await openConsole({ account: recipient.account, path: '/shared-images', heading: 'Shared images' });
    await sees(page, 'lent');

    const images = '**/v1/regions/*/images?*';
    await page.route(images, (route) => route.abort());
    await owner.ok(cancelImageShares, { region, imageId: image.imageId, all: 'true' });
    await press(page, 'Refresh');
    await sees(page, /This is how it was at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d; it could not be read again\./);
    await page.getByRole('link', { name: 'lent' }).waitFor();
    await choose(page, /^Region: /, 'cn-hangzhou');
    await sees(page, 'The service cannot be reached. Check the connection and try again.');
    await sees(page, 'The shared images could not be read.');

    // What stands before the service may answer for it.
    await page.unroute(images);
    await page.route(images, (route) => route.fulfill({ status: 503, json: { message: 'Service Unavailable' } }));
    await press(page, 'Try again');
    await sees(page, 'The service cannot be reached. Check the connection and try again.');

    await page.unroute(images);
    await press(page, 'Try again');
    await seesNoMore(page, 'The service cannot be reached.');
    await sees(page, 'Nobody shares an image with you in this region.');
  });
});
