import type { Page } from 'playwright-core';
import { freshMembers } from '../support/api.ts';
import { openPage, signInAs } from '../support/browser.ts';
import { anImageOf, launch, type Member, share } from '../support/client.ts';
import { issuer, origin } from '../support/service.ts';

const region = 'ap-guangzhou';
/** Of everything that is loaded until somebody who was never here sees a page. */
const firstVisitBytesMax = 500_000;

/** Of what may have changed: the page itself and where to sign in. Unchanged, the page is answered with 304. */
const secondVisitBytesMax = 5_000;

let owner: Member;
let recipient: Member;

beforeAll(async () => {
  [owner, recipient] = (await freshMembers(2)) as [Member, Member];
});

/** Visits the console from the very beginning. */
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

/** Counts what the page gets over the network from now on: the bytes of each file of the console, in the order of asking. */
async function filesOf(page: Page): Promise<ReadonlyMap<string, number>> {
  const network = await page.context().newCDPSession(page);
  const paths = new Map<string, string>();
  const bytes = new Map<string, number>();
  network.on('Network.requestWillBeSent', ({ requestId, request }) => {
    const { origin: of, pathname } = new URL(request.url);
    if (of === origin() && pathname.startsWith('/console/')) {
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
  it('loads nothing again that has not changed', async () => {
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

describe('a walk through the console', () => {
  it('asks nobody but the service and the issuer, and gives the browser nothing to complain of', async () => {
    const image = await anImageOf(owner, region, { name: 'looked-at' });
    const received = await anImageOf(recipient, region, { name: 'received' });
    await share(recipient, received, [owner.account]);
    await launch(owner, received);
    const page = await openPage();
    const asked = new Set<string>();
    const complaints: string[] = [];
    page.on('request', (request) => asked.add(new URL(request.url()).origin));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', ({ message }) => complaints.push(message));

    await visit(page);
    await page.getByRole('link', { name: 'looked-at' }).click();
    await page.getByText('Shared with nobody').waitFor();
    await page.getByRole('tab', { name: 'Record' }).click();
    await page.getByText('Registered').waitFor();
    await page.getByRole('button', { name: 'Share', exact: true }).first().click();
    await page.getByRole('dialog').getByLabel('Recipients').first().fill(`${recipient.account} `);
    await page.getByText('The service knows these ids').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Share', exact: true }).click();
    await page.getByText('Shared with 1 recipient').first().waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    for (const [name, shown] of [
      ['Shared images', 'received'],
      ['Instances', received.imageId],
      ['Account', 'As a table'],
      ['Why?', 'Ask a question to see its answer here.'],
    ] as const) {
      await page.getByRole('link', { name, exact: true }).click();
      await page.getByText(shown).first().waitFor();
    }
    await page.goto(`${origin()}/console/why?image=${image.imageId}&use=delete`);
    await page.getByText('delete.guard').waitFor();
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('menuitem', { name: '简体中文' }).click();
    await page.getByRole('heading', { level: 1, name: '为什么？' }).waitFor();

    expect(complaints).toEqual([]);
    expect([...asked].filter((one) => one !== 'null').sort()).toEqual([issuer(), origin()].sort());
  });
});
