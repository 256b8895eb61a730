/** A browser for tests of the console. It starts with the first page that a test file asks for, and ends with the file. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type LaunchOptions, type Page } from 'playwright-core';
import { requested } from './servers.ts';
import { issuer, origin } from './service.ts';

await requested('console');

/** The longest that any one step waits for what it needs: a ceiling for what never comes, far above what a busy machine needs. */
export const waitMaxMs = 120_000;
/** The longest that a test of the console takes, whatever its steps wait for. */
const testMaxMs = 600_000;

import.meta.jest.setTimeout(testMaxMs);

const systemChromium = '/usr/bin/chromium';

/** The installed browser that CHROMIUM_PATH names, or the usual one; else, or where it is empty, the one that comes with npm. */
async function launchOptions(): Promise<LaunchOptions> {
  const installed = process.env['CHROMIUM_PATH'] ?? (existsSync(systemChromium) ? systemChromium : '');
  return installed === '' ? packedChromium() : { executablePath: installed, args: ['--no-sandbox', '--disable-gpu'] };
}

const fontsConfiguration = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${folder}/fonts/fonts</dir>
  <cachedir>${folder}/font-cache</cachedir>
</fontconfig>
`;

/** Unpacks the browser inside @sparticuz/chromium. It is made for Lambda, and has to be told what differs here. */
async function packedChromium(): Promise<LaunchOptions> {
  const modules = join(process.cwd(), 'node_modules');
  const { version } = JSON.parse(readFileSync(join(modules, '@sparticuz/chromium/package.json'), 'utf8'));
  // It takes what lies unpacked in the temporary folder for its own, whatever the version.
  const folder = join(modules, '.cache', `chromium-${version}`);
  const fonts = join(folder, 'fontconfig');
  mkdirSync(fonts, { recursive: true });
  // Its own list of fonts names a folder of Lambda, and without fonts it crashes when it first paints.
  writeFileSync(join(fonts, 'fonts.conf'), fontsConfiguration(folder));
  // Which libraries are unpacked is decided when it is imported.
  const forUnpacking = { TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x', FONTCONFIG_PATH: fonts };
  const before = Object.fromEntries(Object.keys(forUnpacking).map((name) => [name, process.env[name]]));
  Object.assign(process.env, forUnpacking);
  try {
    const { default: packed } = await import('@sparticuz/chromium');
    packed.setGraphicsMode = false;
    const executablePath = await packed.executablePath();
    // Its own arguments switch off what keeps sites apart.
    return {
      executablePath,
      args: ['--no-sandbox', '--no-zygote', '--disable-gpu'],
      env: { ...process.env, FONTCONFIG_PATH: fonts } as Record<string, string>,
    };
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) {
        delete process.env[name];
      } else {
        process.env[name] = value;
      }
    }
  }
}

let launched: Promise<Browser> | undefined;
const contexts: BrowserContext[] = [];

afterEach(async () => {
  await Promise.all(contexts.splice(0).map((context) => context.close()));
});

afterAll(async () => {
  await (await launched)?.close();
});

interface Opening {
  /** As whom to sign in. */
  readonly account: string;
  readonly theme?: 'light' | 'dark';
  readonly language?: 'en' | 'zh-CN';
  /** Where to begin, below /console. */
  readonly path?: string;
  /** The heading of what is shown there; without it, a session is waited for alone. */
  readonly heading?: string;
}

/** A page of a browser that knows nothing yet. It closes by itself when the test ends. */
export async function openPage({ theme = 'light', language = 'en' }: Pick<Opening, 'theme' | 'language'> = {}): Promise<Page> {
  launched ??= launchOptions().then((options) => chromium.launch({ ...options, timeout: waitMaxMs }));
  const context = await (await launched).newContext({
    colorScheme: theme,
    locale: language === 'en' ? 'en-US' : language,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(waitMaxMs);
  contexts.push(context);
  return context.newPage();
}

/** Signs in on the issuer's page that is shown. */
export async function signInAs(page: Page, account: string): Promise<void> {
  await page.getByLabel('Account ID').fill(account);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Opens the console, signs in at the issuer, and gives the page as soon as the console shows what was asked for. */
export async function openConsole({ account, path = '/', heading, ...look }: Opening): Promise<Page> {
  const page = await openPage(look);
  await page.goto(`${origin()}/console${path}`);
  await page.waitForURL(`${issuer()}/**`);
  await signInAs(page, account);
  await page.waitForURL((url) => url.origin === origin() && url.pathname !== '/console/signed-in');
  if (heading !== undefined) {
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  }
  return page;
}
