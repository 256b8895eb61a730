import { ruleSlugs } from '../lib/model/rule-slug.ts';
import { ruleOf } from '../lib/rules/catalog.ts';

/** What the plugin uses of the Serverless Framework. */
interface Serverless {
  readonly service: {
    readonly functions: Readonly<Record<string, { readonly name: string }>>;
    readonly provider: { readonly stage: string; readonly environment: { readonly METRICS_NAMESPACE: string } };
    readonly custom: { readonly table: { readonly name: unknown } };
    readonly resources: { readonly Resources: Record<string, object> };
    getServiceName(): string;
  };
}

/** Namespace, name, names and values of the dimensions, and how it is drawn. */
type Metric = readonly (string | { readonly stat: string })[];

const width = 8;
const height = 7;
const perRow = 24 / width;

const refusingRules = ruleSlugs.filter((rule) => ruleOf(rule).refuses !== undefined);

/** A Serverless Framework plugin that adds a CloudWatch dashboard. docs/operations.md describes it. */
export default class Dashboard {
  readonly hooks = { 'before:package:setupProviderConfiguration': () => this.#add() };
  readonly #serverless: Serverless;

  constructor(serverless: Serverless) {
    this.#serverless = serverless;
  }

  #add(): void {
    const { service } = this.#serverless;
    const widgets = Object.entries(this.#graphs()).map(([title, { stat, metrics }], index) => ({
      type: 'metric',
      ...{ x: (index % perRow) * width, y: Math.floor(index / perRow) * height, width, height },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation replaces it.
      properties: { title, stat, metrics, region: '${AWS::Region}', period: 300, view: 'timeSeries' },
    }));
    service.resources.Resources['Dashboard'] = {
      Type: 'AWS::CloudWatch::Dashboard',
      Properties: {
        DashboardName: `${service.getServiceName()}-${service.provider.stage}`,
        DashboardBody: { 'Fn::Sub': [JSON.stringify({ widgets }), { TableName: service.custom.table.name }] },
      },
    };
  }

  #graphs(): Readonly<Record<string, { readonly stat: string; readonly metrics: readonly Metric[] }>> {
    const { functions, provider } = this.#serverless.service;
    const own = provider.environment.METRICS_NAMESPACE;
    const nameOf = (name: string) => functions[name]?.name as string;
    const ofEachFunction = (metric: string) =>
      Object.values(functions).map(({ name }): Metric => ['AWS/Lambda', metric, 'FunctionName', name]);
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: CloudFormation replaces these.
    const api = (metric: string, ...drawn: { stat: string }[]): Metric => [
      'AWS/ApiGateway',
      metric,
      'ApiId',
      '${HttpApi}',
      ...drawn,
    ];
    const table = (metric: string): Metric => ['AWS/DynamoDB', metric, 'TableName', '${TableName}'];
    const queue: Metric = ['AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'QueueName', '${UnrelayedChanges.QueueName}'];
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: as above.
    const sum = (...metrics: Metric[]) => ({ stat: 'Sum', metrics });
    return {
      Calls: sum(api('Count'), api('4xx'), api('5xx')),
      'Latency of the HTTP API in ms': {
        stat: 'p50',
        metrics: [api('Latency'), api('Latency', { stat: 'p99' }), api('IntegrationLatency', { stat: 'p99' })],
      },
      'Refusals by rule': sum(...refusingRules.map((rule): Metric => [own, 'Refusals', 'rule', rule])),
      'Calls of each action': sum(...ofEachFunction('Invocations')),
      'Latency of each action in ms (p99)': { stat: 'p99', metrics: ofEachFunction('Duration') },
      'Failures of each action': sum(...ofEachFunction('Errors')),
      Shares: sum([own, 'SharesMade'], [own, 'SharesEnded']),
      'Used part of the sharing limit, at each share, in percent': {
        stat: 'p50',
        metrics: [
          [own, 'CapUsed'],
          [own, 'CapUsed', { stat: 'Maximum' }],
        ],
      },
      'Conflicts and retries': sum(table('TransactionConflict'), [own, 'Retries']),
      Throttles: sum(table('ReadThrottleEvents'), table('WriteThrottleEvents'), ...ofEachFunction('Throttles')),
      'Clean-up': sum(['AWS/Lambda', 'Invocations', 'FunctionName', nameOf('cleanup-orphaned-shares')], [own, 'CleanUpFailures']),
      'Relay: delay in ms, and changes that could not be relayed': {
        stat: 'Maximum',
        metrics: [['AWS/Lambda', 'IteratorAge', 'FunctionName', nameOf('relay-changes')], queue],
      },
    };
  }
}
