/** What the plugin uses of the Serverless Framework. */
interface Serverless {
  readonly configSchemaHandler: { defineFunctionProperties(provider: string, schema: object): void };
  readonly service: {
    readonly functions: Readonly<Record<string, FunctionDefinition>>;
    readonly provider: { readonly compiledCloudFormationTemplate: { readonly Resources: Readonly<Record<string, Stage>> } };
    readonly custom: { readonly rateLimits: Readonly<Record<string, RateLimit>> };
  };
  getProvider(name: 'aws'): {
    readonly naming: { getHttpApiStageLogicalId(): string; getHttpApiRouteLogicalId(routeKey: string): string };
  };
}

interface FunctionDefinition {
  /** A name in `custom.rateLimits`. */
  readonly rateLimit?: string;
  readonly events: readonly { readonly httpApi?: { readonly method: string; readonly path: string } | string }[];
}

interface RateLimit {
  readonly perSecond: number;
  readonly burst: number;
}

interface Stage {
  DependsOn?: string | readonly string[];
  readonly Properties: Record<string, object>;
}

/** A Serverless Framework plugin that limits the calls per second of each route: see `custom.rateLimits`. */
export default class RateLimits {
  readonly hooks = { 'after:package:compileEvents': () => this.#limitRoutes() };
  readonly #serverless: Serverless;

  constructor(serverless: Serverless) {
    this.#serverless = serverless;
    serverless.configSchemaHandler.defineFunctionProperties('aws', { properties: { rateLimit: { type: 'string' } } });
  }

  #limitRoutes(): void {
    const { functions, provider } = this.#serverless.service;
    const { naming } = this.#serverless.getProvider('aws');
    const limits = Object.values(functions).flatMap(({ rateLimit, events }) =>
      rateLimit === undefined
        ? []
        : events.flatMap(({ httpApi }) =>
            typeof httpApi === 'object' ? [[`${httpApi.method} ${httpApi.path}`, this.#limit(rateLimit)] as const] : [],
          ),
    );
    const stage = provider.compiledCloudFormationTemplate.Resources[naming.getHttpApiStageLogicalId()] as Stage;
    Object.assign(stage.Properties, { DefaultRouteSettings: this.#limit('default'), RouteSettings: Object.fromEntries(limits) });
    // API Gateway refuses settings of routes that don't exist yet.
    const routes = limits.map(([route]) => naming.getHttpApiRouteLogicalId(route));
    stage.DependsOn = [...[stage.DependsOn ?? []].flat(), ...routes];
  }

  #limit(name: string): object {
    const limit = this.#serverless.service.custom.rateLimits[name];
    if (limit === undefined) {
      throw new Error(`There is no rate limit ${name} in custom.rateLimits`);
    }
    return { ThrottlingRateLimit: limit.perSecond, ThrottlingBurstLimit: limit.burst };
  }
}
