import type { Page } from 'playwright-core';
import { freshMembers } from '../support/api.ts';
import { openPage, signInAs } from '../support/browser.ts';
import { anImageOf, launch, type Member, share } from '../support/client.ts';
import { waitForText } from '../support/console.ts';
import { issuer, origin } from '../support/service.ts';

const region = 'ap-guangzhou';
/** Everything loaded before a first-time visitor sees a page. */
const firstVisitBytesMax = 500_000;

/** Only what may have changed: the page itself (304 if unchanged) and the sign-in configuration. */
const secondVisitBytesMax = 5_000;

let owner: Member;
let recipient: Member;

beforeAll(async () => {
  [owner, recipient] = (await freshMembers(2)) as [Member, Member];
});

/** Opens the console, and signs in if necessary. */
async function visit(page: Page): Promise<void> {
  await page.goto(`${origin()}/console/`);
  await page
    .getByLabel('Account ID')
    .or(page.getByRole('heading', { level: 1 }))
    .first()
    .waitFor();
  if (page.url().startsWith(issuer())) {
    await signInAs(page, owner.account);
  }
  await page.getByRole('heading', { level: 1, name: 'Custom images' }).waitFor();
  await page.getByText('No custom images').or(page.getByRole('checkbox')).first().waitFor();
}

/** Records the bytes that each file of the console transfers, in request order. */
async function filesOf(page: Page): Promise<ReadonlyMap<string, number>> {
  const network = await page.context().newCDPSession(page);
  const paths = new Map<string, string>();
  const bytes = new Map<string, number>();
  network.on('Network.requestWillBeSent', ({ requestId, request }) => {
    const { origin: requestOrigin, pathname } = new URL(request.url);
    if (requestOrigin === origin() && pathname.startsWith('/console/')) {
      paths.set(requestId, pathname);
    }
  });
  network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const path = paths.get(requestId);
    if (path !== undefined) {
      bytes.set(path, (bytes.get(path) ?? 0) + encodedDataLength);
    }
  });
  await network.send('Network.enable');
  return bytes;
}

const sumOf = (files: ReadonlyMap<string, number>): number => [...files.values()].reduce((sum, bytes) => sum + bytes, 0);

describe('a first visit', () => {
  it(`loads at most ${firstVisitBytesMax} bytes until a page is shown`, async () => {
    const page = await openPage();
    const files = await filesOf(page);

    await visit(page);

    expect(files.size).toBeGreaterThan(3);
    expect(sumOf(files)).toBeLessThanOrEqual(firstVisitBytesMax);
  });
});

describe('a second visit', () => {
  it('does not reload what has not changed', async () => {
    const page = await openPage();
    await visit(page);
    const again = await page.context().newPage();
    const files = await filesOf(again);

    await visit(again);

    const assets = [...files].filter(([path]) => path.startsWith('/console/assets/'));
    expect(assets.length).toBeGreaterThan(3);
    expect(assets.filter(([, bytes]) => bytes > 0)).toEqual([]);
    expect(sumOf(files)).toBeLessThan(secondVisitBytesMax);
  });
});

describe('a tour of the console', () => {
  it('contacts only the service and the identity provider, and logs no errors', async () => {
    const image = await anImageOf(owner, region, { name: 'looked-at' });
    const received = await anImageOf(recipient, region, { name: 'received' });
    await share(recipient, received, [owner.account]);
    await launch(owner, received);
    const page = await openPage();
    const contacted = new Set<string>();
    const errors: string[] = [];
    page.on('request', (request) => contacted.add(new URL(request.url()).origin));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.on('pageerror', ({ message }) => errors.push(message));

    await visit(page);
    await page.getByRole('link', { name: 'looked-at' }).click();
    await page.getByText('Not shared', { exact: true }).waitFor();
    await page.getByRole('tab', { name: 'Activity' }).click();
    await waitForText(page, 'Registered');
    await page.getByRole('button', { name: 'Share image', exact: true }).first().click();
    await page.getByRole('dialog').getByLabel('Account IDs').first().fill(`${recipient.account} `);
    await page.getByRole('dialog').getByText('All IDs are valid').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Share image', exact: true }).click();
    await page.getByText('Shared looked-at with 1 recipient.').first().waitFor();
    for (const [name, shown] of [
      ['Shared images', 'received'],
      ['Instances', received.imageId],
      ['Account', 'View as table'],
      ['Access checker', 'Choose an image and an action, and then choose Check access.'],
    ] as const) {
      await page.getByRole('link', { name, exact: true }).click();
      await page.getByText(shown).first().waitFor();
    }
    await page.goto(`${origin()}/console/access-checker?image=${image.imageId}&use=delete`);
    await page.locator('a[href="/v1/docs/errors#delete.guard"]').waitFor();
    await page.getByRole('button', { name: 'Language and theme' }).click();
    await page.getByRole('menuitem', { name: '简体中文' }).click();
    await page.getByRole('heading', { level: 1, name: '权限检查' }).waitFor();

    expect(errors).toEqual([]);
    expect([...contacted].filter((contactedOrigin) => contactedOrigin !== 'null').sort()).toEqual([issuer(), origin()].sort());
  });
});
