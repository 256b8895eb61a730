/** A browser for console tests. It launches when a test file first opens a page, and closes after the file's last test. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type LaunchOptions, type Page } from 'playwright-core';
import { requestServer } from './servers.ts';
import { issuer, origin } from './service.ts';
import { type StoredSession, signIn } from './sign-in.ts';

await requestServer('console');

/** Timeout of every single wait. It only catches what never happens: a busy machine needs far less. */
export const waitMaxMs = 120_000;
/** Timeout of a whole console test. */
const testMaxMs = 600_000;

import.meta.jest.setTimeout(testMaxMs);

const systemChromium = '/usr/bin/chromium';

/** Uses the browser at CHROMIUM_PATH or the system's Chromium, or the npm package if there is neither or the path is empty. */
async function launchOptions(): Promise<LaunchOptions> {
  const installed = process.env['CHROMIUM_PATH'] ?? (existsSync(systemChromium) ? systemChromium : '');
  return installed === '' ? unpackChromium() : { executablePath: installed, args: ['--no-sandbox', '--disable-gpu'] };
}

const fontsConfiguration = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${folder}/fonts/fonts</dir>
  <cachedir>${folder}/font-cache</cachedir>
</fontconfig>
`;

/** Unpacks the browser in @sparticuz/chromium. The package is made for Lambda, so some settings have to be overridden. */
async function unpackChromium(): Promise<LaunchOptions> {
  const modules = join(process.cwd(), 'node_modules');
  const { version } = JSON.parse(readFileSync(join(modules, '@sparticuz/chromium/package.json'), 'utf8'));
  // The package reuses whatever is unpacked in the temporary folder, regardless of its version.
  const folder = join(modules, '.cache', `chromium-${version}`);
  const fonts = join(folder, 'fontconfig');
  mkdirSync(fonts, { recursive: true });
  // The package's own font configuration points to a Lambda folder. Without fonts, Chromium crashes on its first paint.
  writeFileSync(join(fonts, 'fonts.conf'), fontsConfiguration(folder));
  // The package decides which libraries to unpack when it is imported.
  const overrides = { TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x', FONTCONFIG_PATH: fonts };
  const previous = Object.fromEntries(Object.keys(overrides).map((name) => [name, process.env[name]]));
  Object.assign(process.env, overrides);
  try {
    const { default: chromiumPackage } = await import('@sparticuz/chromium');
    chromiumPackage.setGraphicsMode = false;
    const executablePath = await chromiumPackage.executablePath();
    // The package's default arguments disable site isolation.
    return {
      executablePath,
      args: ['--no-sandbox', '--no-zygote', '--disable-gpu'],
      env: { ...process.env, FONTCONFIG_PATH: fonts } as Record<string, string>,
    };
  } finally {
    for (const [name, value] of Object.entries(previous)) {
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

interface OpenOptions {
  /** The account to sign in with. */
  readonly account: string;
  readonly theme?: 'light' | 'dark';
  readonly language?: 'en' | 'zh-CN';
  /** The first page to open, below /console. */
  readonly path?: string;
  /** The heading to wait for. Without it, only the sign-in is awaited. */
  readonly heading?: string;
}

/** Opens a page in a new browser context, without cookies or storage. The context closes after the test. */
export async function openPage({
  theme = 'light',
  language = 'en',
}: Pick<OpenOptions, 'theme' | 'language'> = {}): Promise<Page> {
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

/** Signs in on the issuer's sign-in page. */
export async function signInAs(page: Page, account: string): Promise<void> {
  await page.getByLabel('Account ID').fill(account);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Opens the console as a user who has signed in, and returns the page once the requested view is shown. */
export async function openConsole({ account, path = '/', heading, ...appearance }: OpenOptions): Promise<Page> {
  const page = await openPage(appearance);
  const session = await signIn(page.context().request, account);
  const seeded = await page.addInitScript(({ key, value }: StoredSession) => sessionStorage.setItem(key, value), session);
  await page.goto(`${origin()}/console${path}`);
  // Only the first page: afterwards, the console itself changes and ends the session.
  await seeded.dispose();
  if (heading !== undefined) {
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  }
  return page;
}

/** The same, through the sign-in page. */
export async function openConsoleBySigningIn({ account, path = '/', heading }: OpenOptions): Promise<Page> {
  const page = await openPage();
  await page.goto(`${origin()}/console${path}`);
  await page.waitForURL(`${issuer()}/**`);
  await signInAs(page, account);
  await page.waitForURL((url) => url.origin === origin() && url.pathname !== '/console/signed-in');
  if (heading !== undefined) {
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  }
  return page;
}
