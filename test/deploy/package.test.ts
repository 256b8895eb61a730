import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { actions } from '../../scripts/actions.ts';
import { requestServer } from '../support/servers.ts';
import { filesOfZip, unzip } from '../support/zip.ts';
import { describeStack } from './describe-stack.ts';

// The package would otherwise build it a second time, in parallel with the console tests.
await requestServer('console');

const project = new URL('../..', import.meta.url);
const definition = parse(readFileSync(new URL('serverless.yml', project), 'utf8'));
const functions: Record<string, { handler: string; events: { httpApi?: { method: string; path: string } | string }[] }> =
  definition.functions;

/** The most KB of each function's bundle. */
const { bundles: budgets }: { bundles: Readonly<Record<string, number>> } = parse(
  readFileSync(new URL('bench/budgets.yaml', project), 'utf8'),
);

/** More than half of a bundle is its source map. */
const zipBytesMax = 700_000;
/** The documentation function contains Swagger UI, and the console's function its files with compressed copies. */
const zipsWithFiles: Readonly<Record<string, number>> = { 'show-docs.zip': 1_200_000, 'web.zip': 4_000_000 };

describe('serverless package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'image-share-package-'));
  let packaged: SpawnSyncReturns<string>;

  beforeAll(() => {
    const serverless = createRequire(import.meta.url).resolve('serverless/bin/serverless.js');
    packaged = spawnSync(process.execPath, [serverless, 'package', '--package', folder], {
      cwd: project,
      env: { PATH: process.env['PATH'], HOME: folder },
      encoding: 'utf8',
    });
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('creates one small bundle per function without AWS credentials', () => {
    expect([packaged.status, packaged.stderr]).toEqual([0, expect.stringContaining('Service packaged')]);
    const zips = readdirSync(folder).filter((file) => file.endsWith('.zip'));
    expect(zips.sort()).toEqual(
      Object.keys(functions)
        .map((name) => `${name}.zip`)
        .sort(),
    );
    const page = 'console/dist/index.html';
    expect(zips.filter((zip) => readFileSync(join(folder, zip)).includes(page))).toEqual(['web.zip']);
    const tooLarge = zips.filter((zip) => statSync(join(folder, zip)).size > (zipsWithFiles[zip] ?? zipBytesMax));
    expect(tooLarge).toEqual([]);
  });

  it('creates bundles of the sizes in bench/budgets.yaml', () => {
    const bytes = Object.keys(functions).map((name) => {
      const files = [...filesOfZip(readFileSync(join(folder, `${name}.zip`)))];
      const code = files.filter(([file]) => file.startsWith('functions/') && file.endsWith('.mjs'));
      return [name, code.reduce((total, [, content]) => total + content.length, 0)] as const;
    });
    const outside = bytes.filter(([name, size]) => {
      const max = (budgets[name] ?? 0) * 1_000;
      return size > max || size < max * 0.85;
    });

    expect(outside).toEqual([]);
    expect(Object.keys(budgets).sort()).toEqual(Object.keys(functions).sort());
    expect(Math.max(...Object.values(budgets))).toBeLessThanOrEqual(700);
  });

  it('has nothing of local/, such as its stand-ins for what Packer needs', () => {
    const sources = readdirSync(folder)
      .filter((file) => file.endsWith('.zip'))
      .flatMap((zip) => [...filesOfZip(readFileSync(join(folder, zip)))])
      .filter(([name]) => name.endsWith('.mjs.map'))
      .flatMap(([, content]) => JSON.parse(content.toString()).sources as string[]);

    expect(sources).toContainEqual(expect.stringContaining('lib/sdk/dispatch.ts'));
    expect(sources.filter((source) => /(^|\/)local\//.test(source) && !source.includes('node_modules'))).toEqual([]);
  });

  describe('the stack', () => {
    describeStack(() => JSON.parse(readFileSync(join(folder, 'cloudformation-template-update-stack.json'), 'utf8')));
  });

  it('creates bundles that load, and that respond to a call without a token', () => {
    const unzipped = join(folder, 'unzipped');
    for (const name of Object.keys(functions)) {
      unzip(join(folder, `${name}.zip`), join(unzipped, name));
    }
    const program = fileURLToPath(new URL('call-bundles.mjs', import.meta.url));

    const { status, stdout, stderr } = spawnSync(process.execPath, [program, unzipped], {
      env: {
        ...{ AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'none', AWS_SECRET_ACCESS_KEY: 'none', POWERTOOLS_LOG_LEVEL: 'SILENT' },
        ...{ TABLE_NAME: 'none', REGIONS: 'ap-guangzhou=tencent', OIDC_ISSUER: 'https://issuer.invalid', OIDC_AUDIENCE: 'none' },
      },
      encoding: 'utf8',
    });

    expect([status, stderr.slice(-500)]).toEqual([0, '']);
    const { results, usesOfLanguageData } = JSON.parse(stdout);
    const { unauthenticated, ...others } = Object.groupBy(Object.entries(results), ([, result]) =>
      result === 401 ? 'unauthenticated' : 'other',
    );
    expect(Object.fromEntries(others.other ?? [])).toEqual({
      'check-health': 503,
      'cleanup-orphaned-shares': 'Unavailable',
      'get-openapi': 200,
      'refuse-unknown-route': 404,
      'relay-changes': { batchItemFailures: [] },
      sdk: 404,
      'sdk, alibaba': 400,
      'sdk, tencent': 200,
      'sdk, ucloud': 200,
      'show-docs': 200,
      web: 200,
    });
    expect(unauthenticated).toHaveLength(Object.keys(functions).length - 8);
    // Loading this data takes a new process 25 ms. Before the first response, that is a tenth.
    expect(usesOfLanguageData).toEqual([]);
  });

  it('logs errors with the file and line of the TypeScript source', () => {
    const unzipped = join(folder, 'unzipped/check-health');
    unzip(join(folder, 'check-health.zip'), unzipped);
    const code = `
      const { handler } = await import(${JSON.stringify(pathToFileURL(join(unzipped, 'functions/check-health.mjs')).href)});
      await handler({ headers: {} }, { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 1_000 });
    `;

    // Without TABLE_NAME, loading the configuration throws.
    const result = spawnSync(process.execPath, ['--input-type=module', '--eval', code], { env: {}, encoding: 'utf8' });

    const source = readFileSync(new URL('lib/app/configuration.ts', project), 'utf8').split('\n');
    const line = source.findIndex((text) => text.includes('throw new Error(')) + 1;
    const [, message, thrownAt] = /^Error: (.*)\n +at (.*)\n/.exec(JSON.parse(result.stderr).cause.stack) ?? [];
    expect(message).toContain('Invalid configuration');
    expect(thrownAt).toContain(`/lib/app/configuration.ts:${line}:`);
  });
});

describe('serverless.yml', () => {
  it('has a function for every file in functions/, named after it', () => {
    const files = readdirSync(new URL('functions', project)).map((file) => file.replace(/\.ts$/, ''));

    expect(Object.keys(functions).sort()).toEqual(files.sort());
    expect(Object.entries(functions).filter(([name, { handler }]) => handler !== `functions/${name}.handler`)).toEqual([]);
  });

  it('has the routes of each action', async () => {
    const routed = Object.entries(functions).flatMap(([name, { events }]) =>
      events.flatMap(({ httpApi }) => (typeof httpApi === 'object' ? [`${httpApi.method} ${httpApi.path} ${name}.ts`] : [])),
    );
    const declared = (await actions()).flatMap(({ file, action }) =>
      action.routes.map((route) => `${route.replace(' ', ' /v1')} ${file}`),
    );

    const pages = [
      'GET /v1/docs show-docs.ts',
      'GET /v1/docs/{page} show-docs.ts',
      'GET /v1/openapi.json get-openapi.ts',
      'GET /console web.ts',
      'GET /console/{proxy+} web.ts',
    ];
    const protocols = ['GET /', 'POST /', 'GET /v2/index.php', 'POST /v2/index.php'].map((route) => `${route} sdk.ts`);
    expect(routed.sort()).toEqual([...declared, ...pages, ...protocols].sort());
  });
});
