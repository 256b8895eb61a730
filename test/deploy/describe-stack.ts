import { readFileSync } from 'node:fs';
import { permissions } from '../support/roles.ts';

/** What the tests read of a resource in the CloudFormation template. */
interface Resource {
  readonly Type: string;
  readonly Condition?: string;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: readonly string[];
  readonly Properties: Record<string, unknown> & {
    readonly FunctionName?: string;
    readonly AlarmActions?: readonly unknown[];
    readonly Dimensions?: readonly { readonly Value: { readonly Ref?: string; readonly 'Fn::GetAtt'?: readonly string[] } }[];
    readonly Role?: { readonly 'Fn::GetAtt': readonly string[] };
    readonly Policies?: readonly { PolicyDocument: { readonly Statement: readonly { readonly Action: readonly string[] }[] } }[];
  };
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: object;
}

/** A graph of the dashboard. */
interface Widget {
  readonly properties: { readonly title: string; readonly metrics: readonly (readonly unknown[])[] };
}

// CloudFormation's quotas: docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html.
const resourcesMax = 500;
const outputsMax = 200;
const templateBytesMax = 1_000_000;
const descriptionBytesMax = 1_024;

const operations = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');

/** Tests of the CloudFormation template of the stage prod. */
export function describeStack(template: () => Template): void {
  const ofType = (type: string) => Object.entries(template().Resources).filter(([, { Type }]) => Type === type);
  const propertiesOf = (name: string) => template().Resources[name]?.Properties ?? {};

  it('is within the quotas of CloudFormation', () => {
    expect(Object.keys(template().Resources).length).toBeLessThanOrEqual(resourcesMax);
    expect(Object.keys(template().Outputs).length).toBeLessThanOrEqual(outputsMax);
    expect(Buffer.byteLength(JSON.stringify(template()))).toBeLessThanOrEqual(templateBytesMax);
    expect(Buffer.byteLength(String(propertiesOf('HttpApi')['Description'] ?? ''))).toBeLessThanOrEqual(descriptionBytesMax);
  });

  it('gives each function a role of its own that permits what serverless.yml lists', () => {
    const lambdas = ofType('AWS::Lambda::Function').map(([, { Properties }]) => Properties);
    const roles = lambdas.map(({ Role }) => String(Role?.['Fn::GetAtt'][0]));
    const operationsOf = (role: string): string[] =>
      (propertiesOf(role).Policies?.[0]?.PolicyDocument.Statement ?? []).flatMap(({ Action }) =>
        Action.map((action) => action.replace(/.*:/, '')),
      );
    const own = ['CreateLogStream', 'PutLogEvents', 'PutTelemetryRecords', 'PutTraceSegments'];

    expect(new Set(roles).size).toBe(permissions.size);
    expect(ofType('AWS::IAM::Role')).toHaveLength(roles.length);
    for (const [index, { FunctionName }] of lambdas.entries()) {
      const granted = permissions.get(String(FunctionName).replace('image-share-prod-', '')) ?? [];
      const operations = [...granted].map((permission) => permission.replace(/.* /, ''));
      expect(operationsOf(roles[index] as string)).toEqual([...operations, ...own]);
    }
  });

  it('runs functions on arm64 with traces, the names of this stage, and metrics', () => {
    for (const [, { Properties }] of ofType('AWS::Lambda::Function')) {
      expect(Properties).toMatchObject({
        Architectures: ['arm64'],
        FunctionName: expect.stringMatching(/^image-share-prod-/),
        TracingConfig: { Mode: 'Active' },
        Environment: { Variables: { METRICS_NAMESPACE: 'image-share-prod', DYNAMODB_ENDPOINT: '' } },
      });
    }
  });

  it('keeps the table and its key when the stack is removed, with backups', () => {
    expect(template().Resources['Table']).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true },
        TimeToLiveSpecification: { Enabled: true },
      },
    });
    expect(template().Resources['SealKey']).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { EnableKeyRotation: true },
    });
  });

  it('logs every request to the HTTP API without what could be secret, and deletes all logs after 90 days', () => {
    const { DestinationArn, Format } = propertiesOf('HttpApiStage')['AccessLogSettings'] as Record<string, unknown>;
    const retentions = ofType('AWS::Logs::LogGroup').map(([, { Properties }]) => Properties['RetentionInDays']);

    expect(DestinationArn).toEqual({ 'Fn::GetAtt': ['HttpApiLogGroup', 'Arn'] });
    expect(JSON.parse(Format as string)).toMatchObject({
      requestId: '$context.requestId',
      route: '$context.routeKey',
      status: '$context.status',
      ms: '$context.responseLatency',
      functionError: '$context.integrationErrorMessage',
    });
    // These could name a token, a signature, or a person.
    expect(Format).not.toMatch(/authorizer|authorization|querystring|\$context\.path|identity/i);
    expect(retentions).toEqual(Array(permissions.size + 1).fill(90));
  });

  it('limits the rate of every route, and of expensive ones more, once they exist', () => {
    const { DependsOn = [], Properties } = template().Resources['HttpApiStage'] as Resource;
    const { DefaultRouteSettings, RouteSettings } = Properties as Record<string, Record<string, { ThrottlingRateLimit: number }>>;
    const routes = Object.fromEntries(
      ofType('AWS::ApiGatewayV2::Route').map(([name, route]) => [route.Properties['RouteKey'], name]),
    );
    const limited = Object.keys(RouteSettings ?? {});

    expect(DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 });
    expect(limited).toEqual(expect.arrayContaining(['GET /v1/shares', 'POST /v1/shares/stop', 'POST /']));
    expect(limited.filter((route) => (RouteSettings?.[route]?.ThrottlingRateLimit ?? 0) >= 500)).toEqual([]);
    expect(DependsOn).toEqual(expect.arrayContaining(limited.map((route) => routes[route])));
  });

  it('has a domain only if one is configured', () => {
    expect(template().Resources['Domain']).toMatchObject({ Condition: 'HasDomain' });
    expect(template().Resources['DomainMapping']).toMatchObject({ Condition: 'HasDomain' });
    expect(template().Outputs).toMatchObject({ DomainTarget: { Condition: 'HasDomain' } });
  });

  it('has alarms on metrics of its own resources, and docs/operations.md says what to do about each', () => {
    const alarms = ofType('AWS::CloudWatch::Alarm');

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
      expect(Properties).toMatchObject({ ActionsEnabled: true, AlarmActions: [{ Ref: 'Alarms' }] });
      for (const { Value } of Properties.Dimensions ?? []) {
        expect(template().Resources).toHaveProperty(Value.Ref ?? Value['Fn::GetAtt']?.[0] ?? 'no reference');
      }
    }
  });

  it('has a dashboard of its own resources and metrics', () => {
    const { 'Fn::Sub': substituted } = propertiesOf('Dashboard')['DashboardBody'] as { 'Fn::Sub': [string, object] };
    const [body, names] = substituted;
    const { widgets }: { widgets: readonly Widget[] } = JSON.parse(body);
    const metrics = widgets.flatMap(({ properties }) => properties.metrics);
    const functions = ofType('AWS::Lambda::Function').map(([, { Properties }]) => Properties.FunctionName);
    const own = metrics.filter(([namespace]) => namespace === 'image-share-prod').map(([, name]) => name);
    const named = metrics.filter(([namespace]) => namespace === 'AWS/Lambda').map(([, , , name]) => name);
    const refusing = metrics.flatMap(([, name, , rule]) => (name === 'Refusals' ? [rule] : []));
    const references = [...body.matchAll(/\$\{(\w+)[:.\w]*\}/g)].map(([, name]) => name as string);

    expect(new Set(named)).toEqual(new Set(functions));
    expect(new Set(own)).toEqual(new Set(['Refusals', 'Retries', 'SharesMade', 'SharesEnded', 'CapUsed', 'CleanUpFailures']));
    expect(refusing).toContain('share.cap');
    expect(refusing).not.toContain('delete.orphans');
    expect(operations).toContain(`of the ${refusing.length} that can`);
    expect([...new Set(references)].sort()).toEqual(['AWS', 'HttpApi', 'TableName', 'UnrelayedChanges']);
    expect(names).toEqual({ TableName: { Ref: 'Table' } });
    expect(metrics.map(([, name]) => name)).toEqual(
      expect.arrayContaining([
        'Count',
        '5xx',
        'Latency',
        'Duration',
        'Errors',
        'TransactionConflict',
        'IteratorAge',
        'Throttles',
      ]),
    );
  });

  it('reports changes that cannot be relayed to a queue, and may do so; publishes events; cleans up every 5 minutes', () => {
    const queue = { 'Fn::GetAtt': ['UnrelayedChanges', 'Arn'] };
    const [stream] = ofType('AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties);
    const statements = propertiesOf('RelayDashchangesRole').Policies?.[0]?.PolicyDocument.Statement;

    expect(stream).toMatchObject({
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: { OnFailure: { Destination: queue } },
    });
    expect(statements).toContainEqual({ Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: queue });
    expect(statements).toContainEqual(expect.objectContaining({ Action: ['events:PutEvents'] }));
    expect(propertiesOf('UnrelayedChanges')).toMatchObject({ MessageRetentionPeriod: 14 * 86_400 });
    expect(ofType('AWS::Events::Rule').map(([, { Properties }]) => Properties['ScheduleExpression'])).toEqual([
      'rate(5 minutes)',
    ]);
  });
}
