import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { actions } from '../../scripts/actions.ts';
import { permissions } from '../support/roles.ts';
import { requestServer } from '../support/servers.ts';
import { filesOfZip } from '../support/zip.ts';

// The package would otherwise build it a second time, in parallel with the console tests.
await requestServer('console');

const project = new URL('../..', import.meta.url);
const definition = parse(readFileSync(new URL('serverless.yml', project), 'utf8'));
const functions: Record<string, { handler: string; events: { httpApi?: { method: string; path: string } | string }[] }> =
  definition.functions;

/** What the tests read of a resource in the CloudFormation template. */
interface Resource {
  readonly Type: string;
  readonly Properties: {
    readonly FunctionName?: string;
    readonly AlarmActions?: readonly unknown[];
    readonly Dimensions?: readonly { readonly Value: { readonly Ref?: string; readonly 'Fn::GetAtt'?: readonly string[] } }[];
    readonly Role?: { readonly 'Fn::GetAtt': readonly string[] };
    readonly Policies?: readonly { PolicyDocument: { readonly Statement: readonly { readonly Action: readonly string[] }[] } }[];
  };
}

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

  it('gives each function a role of its own that permits what serverless.yml lists, in a stack that is small enough', () => {
    const template = JSON.parse(readFileSync(join(folder, 'cloudformation-template-update-stack.json'), 'utf8'));
    const resources: Record<string, Resource> = template.Resources;
    const lambdas = Object.values(resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
    const roles = lambdas.map(({ Properties }) => String(Properties.Role?.['Fn::GetAtt'][0]));
    const operationsOf = (role: string): string[] =>
      (resources[role]?.Properties.Policies?.[0]?.PolicyDocument.Statement ?? []).flatMap(({ Action }) =>
        Action.map((action) => action.replace(/.*:/, '')),
      );
    const own = ['CreateLogStream', 'PutLogEvents', 'PutTelemetryRecords', 'PutTraceSegments'];

    expect(new Set(roles).size).toBe(Object.keys(functions).length);
    expect(Object.values(resources).filter(({ Type }) => Type === 'AWS::IAM::Role')).toHaveLength(roles.length);
    for (const [index, { Properties }] of lambdas.entries()) {
      const granted = permissions.get(String(Properties.FunctionName).replace('image-share-prod-', '')) ?? [];
      const operations = [...granted].map((permission) => permission.replace(/.* /, ''));
      expect(operationsOf(roles[index] as string)).toEqual([...operations, ...own]);
    }
    expect(Object.keys(resources).length).toBeLessThanOrEqual(500);
  });

  it('has alarms on metrics of its own resources, and docs/operations.md says what to do about each', () => {
    const template = JSON.parse(readFileSync(join(folder, 'cloudformation-template-update-stack.json'), 'utf8'));
    const alarms = Object.entries(template.Resources as Record<string, Resource>).filter(
      ([, { Type }]) => Type === 'AWS::CloudWatch::Alarm',
    );
    const operations = readFileSync(new URL('docs/operations.md', project), 'utf8');

    expect(alarms.map(([name]) => name).sort()).toEqual([
      'CleanUpFailuresAlarm',
      'CleanUpMissingAlarm',
      'ConflictsAlarm',
      'FunctionThrottlesAlarm',
      'ReadThrottlesAlarm',
      'RelayDelayAlarm',
      'ServerErrorsAlarm',
      'UnrelayedChangesAlarm',
      'WriteThrottlesAlarm',
    ]);
    for (const [name, { Properties }] of alarms) {
      expect(operations).toContain(`\`${name}\``);
      expect(Properties.AlarmActions).toEqual([{ Ref: 'Alarms' }]);
      for (const { Value } of Properties.Dimensions ?? []) {
        expect(template.Resources).toHaveProperty(Value.Ref ?? Value['Fn::GetAtt']?.[0] ?? 'no reference');
      }
    }
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

  it('reports changes that cannot be relayed to a queue, and may do so', () => {
    const { Resources } = JSON.parse(readFileSync(join(folder, 'cloudformation-template-update-stack.json'), 'utf8'));
    const queue = { 'Fn::GetAtt': ['UnrelayedChanges', 'Arn'] };
    const [stream] = Object.values<{ Type: string; Properties: object }>(Resources).filter(
      ({ Type }) => Type === 'AWS::Lambda::EventSourceMapping',
    );
    const { Statement } = Resources.RelayDashchangesRole.Properties.Policies[0].PolicyDocument;

    expect(stream?.Properties).toMatchObject({
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: { OnFailure: { Destination: queue } },
    });
    expect(Statement).toContainEqual({ Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: queue });
    expect(Resources.UnrelayedChanges.Properties).toMatchObject({ MessageRetentionPeriod: 14 * 86_400 });
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
