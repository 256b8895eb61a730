import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { actions } from '../../scripts/actions.ts';

const project = new URL('../..', import.meta.url);
const definition = parse(readFileSync(new URL('serverless.yml', project), 'utf8'));
const functions: Record<string, { handler: string; events: { httpApi?: { method: string; path: string } | string }[] }> =
  definition.functions;

const zipBytesMax = 300_000;
/** The reference page's function carries Swagger UI, the console's its files and their compressed copies. */
const zipsWithFiles: Readonly<Record<string, number>> = { 'show-docs.zip': 1_000_000, 'web.zip': 4_000_000 };

describe('serverless package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'image-share-package-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('makes one small bundle per function without AWS credentials', () => {
    const serverless = createRequire(import.meta.url).resolve('serverless/bin/serverless.js');
    const { status, stderr } = spawnSync(process.execPath, [serverless, 'package', '--package', folder], {
      cwd: project,
      env: { PATH: process.env['PATH'], HOME: folder },
      encoding: 'utf8',
    });

    expect([status, stderr]).toEqual([0, expect.stringContaining('Service packaged')]);
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
});

describe('serverless.yml', () => {
  it('has a function for every file of functions/, under its name', () => {
    const files = readdirSync(new URL('functions', project)).map((file) => file.replace(/\.ts$/, ''));

    expect(Object.keys(functions).sort()).toEqual(files.sort());
    expect(Object.entries(functions).filter(([name, { handler }]) => handler !== `functions/${name}.handler`)).toEqual([]);
  });

  it('routes to each action what the action says', async () => {
    const routed = Object.entries(functions).flatMap(([name, { events }]) =>
      events.flatMap(({ httpApi }) => (typeof httpApi === 'object' ? [`${httpApi.method} ${httpApi.path} ${name}.ts`] : [])),
    );
    const stated = (await actions()).flatMap(({ file, action }) =>
      action.routes.map((route) => `${route.replace(' ', ' /v1')} ${file}`),
    );

    const pages = [
      'GET /v1/docs show-docs.ts',
      'GET /v1/docs/{page} show-docs.ts',
      'GET /v1/openapi.json get-openapi.ts',
      'GET /console web.ts',
      'GET /console/{proxy+} web.ts',
    ];
    const protocols = ['GET /', 'POST /', 'GET /v2/index.php', 'POST /v2/index.php'].map((route) => `${route} rpc.ts`);
    expect(routed.sort()).toEqual([...stated, ...pages, ...protocols].sort());
  });
});
