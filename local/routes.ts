/** Which function a request goes to, as the HTTP API that serverless.yml describes would choose it. */

/** What of serverless.yml says so, as YAML has it or as the Serverless Framework holds it. */
export interface Service {
  readonly functions: Readonly<Record<string, { readonly events?: readonly { readonly httpApi?: HttpApiEvent }[] }>>;
  readonly resources: { readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: unknown }>> };
}

type HttpApiEvent = '*' | { readonly method: string; readonly path: string };

export interface Route {
  /** `GET /v1/regions/{region}/images`, or `$default`, which takes what no other route does. */
  readonly key: string;
  readonly functionName: string;
}

export interface Routes {
  /** The route of a request, and what stands in the place of its parameters, decoded. The path is percent-encoded. */
  readonly match: (method: string, path: string) => { readonly route: Route; readonly parameters: Record<string, string> };
}

export function routesOf(service: Service): Routes {
  const routes = [...eventRoutes(service), ...resourceRoutes(service)].map((route) => ({
    route,
    method: route.key.split(' ')[0],
    segments: (route.key.split(' ')[1] ?? '').split('/'),
  }));
  const fallback = routes.find(({ route }) => route.key === '$default');
  if (fallback === undefined) {
    throw new Error('serverless.yml has no httpApi event "*"');
  }
  // Where several fit, the gateway takes the one whose path is the most specific.
  const byPath = routes.filter((one) => one !== fallback).sort((a, b) => moreSpecific(a.segments, b.segments));
  return {
    match: (method, path) => {
      const asked = path.split('/');
      for (const { route, segments } of byPath.filter((one) => one.method === method)) {
        const parameters = parametersIn(segments, asked);
        if (parameters !== undefined) {
          return { route, parameters };
        }
      }
      return { route: fallback.route, parameters: {} };
    },
  };
}

const eventRoutes = ({ functions }: Service): Route[] =>
  Object.entries(functions).flatMap(([functionName, { events = [] }]) =>
    events.flatMap(({ httpApi }) => {
      if (httpApi === undefined) {
        return [];
      }
      return { functionName, key: httpApi === '*' ? '$default' : `${httpApi.method.toUpperCase()} ${httpApi.path}` };
    }),
  );

/** Routes that stand among the resources name the integration which the framework makes for a function. */
function resourceRoutes({ functions, resources }: Service): Route[] {
  const functionNames = new Map(Object.keys(functions).map((name) => [`HttpApiIntegration${logicalName(name)}`, name]));
  return Object.values(resources.Resources)
    .filter(({ Type }) => Type === 'AWS::ApiGatewayV2::Route')
    .map(({ Properties }) => {
      const { RouteKey, Target } = Properties as { RouteKey: string; Target: unknown };
      const [, integration = ''] = /"Ref":"(HttpApiIntegration\w+)"/.exec(JSON.stringify(Target)) ?? [];
      const functionName = functionNames.get(integration);
      if (functionName === undefined) {
        throw new Error(`The route ${RouteKey} of serverless.yml leads to no function`);
      }
      return { key: RouteKey, functionName };
    });
}

/** A function's name as it stands in the ids of resources that the framework makes for it. */
const logicalName = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', 'Dash');

const rank = (segment: string): number => (segment.endsWith('+}') ? 2 : segment.startsWith('{') ? 1 : 0);

function moreSpecific(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((segment, index) => rank(segment) !== rank(b[index] ?? ''));
  return at === -1 ? 0 : rank(a[at] ?? '') - rank(b[at] ?? '');
}

/** What stands in the place of the parameters of a path; undefined where the path is another one. */
function parametersIn(segments: readonly string[], asked: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [at, segment] of segments.entries()) {
    const [, name, isGreedy] = /^\{(\w+)(\+?)\}$/.exec(segment) ?? [];
    const given = (isGreedy === '+' ? asked.slice(at).join('/') : asked[at]) ?? '';
    if (name === undefined ? given !== segment || at >= asked.length : given === '') {
      return undefined;
    }
    if (name !== undefined) {
      parameters[name] = decodeURIComponent(given);
    }
    if (isGreedy === '+') {
      return parameters;
    }
  }
  return segments.length === asked.length ? parameters : undefined;
}
