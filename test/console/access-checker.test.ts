import { anImageOf, freshMembers, type Member, share } from '../support/api.ts';
import { openConsole } from '../support/browser.ts';
import { choose, pick, press, sees, untilNone } from '../support/console.ts';
import { origin } from '../support/service.ts';

const region = 'ap-guangzhou';
let owner: Member;
let recipient: Member;

beforeAll(async () => {
  [owner, recipient] = (await freshMembers(2)) as [Member, Member];
});

describe('the page that explains decisions', () => {
  it('tells an owner about any holder and use, with rule, source and what to do', async () => {
    const { imageId } = await anImageOf(owner, region, { name: 'explained' });
    await share(owner, { region, imageId }, [recipient.account]);
    const page = await openConsole({ account: owner.account, path: '/why', heading: 'Why?' });
    await sees(page, 'Ask a question to see its answer here.');
    await press(page, 'Ask');
    await sees(page, 'Name an image.');

    await page.getByLabel('Image', { exact: true }).fill('explai');
    await page.getByRole('option', { name: /explained/ }).click();
    await page.getByLabel(/^For whom/).click();
    await page.getByRole('option', { name: recipient.account }).click();
    await press(page, 'Ask');
    await sees(page, `${recipient.account} may launch an instance from ${imageId}.`);
    await sees(page, /^Allowed$/);
    await sees(page, 'The image is shared with the holder.');
    await sees(page, 'Tencent Cloud, FAQ on sharing (2022)');
    expect(await page.getByRole('link', { name: 'received.use' }).getAttribute('href')).toBe('/v1/docs/errors#received.use');

    await page.getByLabel(/^For whom/).fill('');
    await pick(page, 'Use', /^Delete$/);
    await press(page, 'Ask');
    await sees(page, `You may not delete ${imageId}.`);
    await sees(page, /^Not allowed$/);
    await page.getByRole('link', { name: 'delete.guard' }).waitFor();
    await sees(page, 'Cancel its shares first.');

    // Whoever opens the question later is led to where it was asked.
    const question = page.url();
    await choose(page, /^Region: /, 'cn-hangzhou');
    await page.waitForURL(/region=cn-hangzhou/);
    await page.getByRole('link', { name: 'received.visible' }).waitFor();
    await page.goto(question);
    await sees(page, `You may not delete ${imageId}.`);
    await page.getByRole('button', { name: `Region: ${region}` }).waitFor();
  });

  it('tells a recipient about itself alone', async () => {
    const { imageId } = await anImageOf(owner, region, { name: 'explained-to-recipient' });
    await share(owner, { region, imageId }, [recipient.account]);
    const page = await openConsole({
      account: recipient.account,
      path: `/why?image=${imageId}&use=share`,
      heading: 'Why?',
    });

    await sees(page, `You may not share ${imageId}.`);
    await page.getByRole('link', { name: 'share.no-reshare' }).waitFor();
    await sees(page, 'A recipient cannot share a shared image on. The image is shared with the holder.');
    await sees(page, "Ask the image's owner to share it.");
    await untilNone(page.getByLabel(/^For whom/));

    await page.goto(`${origin()}/console/why?image=${imageId}&use=launch&holder=${owner.account}`);
    await sees(page, /Request id: [0-9a-f-]{36}/);
  });
});
