import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { actions } from '../../scripts/actions.ts';
import { requestServer } from '../support/servers.ts';
import { filesOfZip } from '../support/zip.ts';
import { describeStack } from './describe-stack.ts';

// The package would otherwise build it a second time, in parallel with the console tests.
await requestServer('console');

const project = new URL('../..', import.meta.url);
const definition = parse(readFileSync(new URL('serverless.yml', project), 'utf8'));
const functions: Record<string, { handler: string; events: { httpApi?: { method: string; path: string } | string }[] }> =
  definition.functions;

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

  it('logs errors with the file and line of the TypeScript source', () => {
    const unzipped = join(folder, 'check-health');
    for (const [name, content] of filesOfZip(readFileSync(join(folder, 'check-health.zip')))) {
      mkdirSync(dirname(join(unzipped, name)), { recursive: true });
      writeFileSync(join(unzipped, name), content);
    }
    const code = `
      const { handler } = await import(${JSON.stringify(pathToFileURL(join(unzipped, 'functions/check-health.mjs')).href)});
      await handler({ headers: {} }, { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 1_000 });
    `;

    // Without TABLE_NAME, loading the configuration throws.
    const { NODE_OPTIONS } = definition.provider.environment;
    const result = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
      env: { NODE_OPTIONS },
      encoding: 'utf8',
    });

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
