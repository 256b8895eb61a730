import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { demoAccounts } from '../../local/demo-accounts.ts';
import { openConsole } from '../support/browser.ts';
import { type Scene, setScene } from '../support/scene.ts';

const screenshotsFolder = join(import.meta.dirname, '../../docs/screenshots');
/** `npm run screenshots` writes the screenshots of the docs; other runs discard them. */
const isForDocs = process.env['SCREENSHOTS'] === 'write';
const width = 1280;
const screenshotBytesMax = 200_000;

const folder = isForDocs ? screenshotsFolder : mkdtempSync(join(tmpdir(), 'image-share-screenshots-'));
let scene: Scene;

beforeAll(async () => {
  const [{ accountId, projects }] = demoAccounts;
  scene = await setScene(
    (index) => String(Number(accountId) + index),
    (index) => projects[index - 1] ?? '',
  );
});

afterAll(() => {
  if (!isForDocs) {
    rmSync(folder, { recursive: true });
  }
});

/** Width and height from the PNG header. */
function sizeOf(screenshot: Buffer): { width: number; height: number } {
  return { width: screenshot.readUInt32BE(16), height: screenshot.readUInt32BE(20) };
}

interface Screenshot {
  readonly name: string;
  readonly height: number;
  readonly theme: 'light' | 'dark';
  readonly path: () => string;
  readonly heading: string;
  /** Prepares the page, and returns what must be visible. */
  readonly prepare: (page: Page) => Promise<readonly Locator[]>;
}

const runner = 'debian-12-ci-runner';
const pathOf = (name: string): string => `/images/${scene.region}/${scene.image(name).imageId}`;

const screenshots: readonly Screenshot[] = [
  {
    name: 'custom-images',
    height: 640,
    theme: 'light',
    path: () => '/images',
    heading: 'Custom images',
    prepare: async (page) => [
      page.getByRole('link', { name: runner }),
      page.getByText('50 of 50'),
      page.getByText('team:build').first(),
      page.getByText('Failed: no boot sector'),
    ],
  },
  {
    name: 'share-dialog',
    height: 1000,
    theme: 'light',
    path: () => pathOf(runner),
    heading: runner,
    prepare: async (page) => {
      await page.getByText('38 of 50').first().waitFor();
      await page.getByRole('button', { name: 'Share image', exact: true }).first().click();
      const dialog = page.getByRole('dialog');
      const ids = [scene.others[40], scene.others[41], scene.others[42], scene.others[0], '100000000500'];
      await dialog
        .getByLabel('Account IDs')
        .first()
        .fill(`${ids.join(' ')} `);
      return [
        dialog.getByText('No account found with this ID.'),
        dialog.getByText('Already has access.'),
        dialog.getByText('41 of 50 recipients after sharing'),
      ];
    },
  },
  {
    name: 'image-details',
    height: 800,
    theme: 'dark',
    path: () => pathOf(runner),
    heading: runner,
    prepare: async (page) => [page.getByText(String(scene.others[5])), page.getByText('Never', { exact: true }).first()],
  },
  {
    name: 'shared-images',
    height: 640,
    theme: 'light',
    path: () => '/shared-images',
    heading: 'Shared images',
    prepare: async (page) => [page.getByText('legacy-billing'), page.getByText('Trusted', { exact: true }).first()],
  },
  {
    name: 'recipients',
    height: 640,
    theme: 'light',
    path: () => '/recipients',
    heading: 'Recipients',
    prepare: async (page) => [page.getByText('Data platform'), page.getByRole('link', { name: scene.others[4] ?? '' })],
  },
];

describe('the screenshots of docs/console.md', () => {
  it.each(screenshots)('$name.png shows the expected content', async ({ name, height, theme, path, heading, prepare }) => {
    const page = await openConsole({ account: scene.account, theme, path: path(), heading });
    const size = { width, height };
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });

    for (const element of await prepare(page)) {
      await element.waitFor();
    }
    await page.getByText('Loading', { exact: true }).first().waitFor({ state: 'detached' });
    const screenshot = await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' });

    expect(screenshot.length).toBeLessThan(screenshotBytesMax);
    expect(sizeOf(screenshot)).toEqual(size);
    expect(sizeOf(readFileSync(join(screenshotsFolder, `${name}.png`)))).toEqual(size);
    expect(readFileSync(new URL('../../docs/console.md', import.meta.url), 'utf8')).toContain(`](screenshots/${name}.png)`);
  });
});
