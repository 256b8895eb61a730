/** Routes requests to functions in the way that API Gateway does for the HTTP API defined in serverless.yml. */

/** The relevant parts of serverless.yml, as parsed from YAML or by the Serverless Framework. */
export interface Service {
  readonly functions: Readonly<Record<string, { readonly events?: readonly { readonly httpApi?: HttpApiEvent }[] }>>;
  readonly resources: { readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: unknown }>> };
}

type HttpApiEvent = '*' | { readonly method: string; readonly path: string };

export interface Route {
  /** Such as `GET /v1/regions/{region}/images`, or `$default`, which handles requests that match no other route. */
  readonly key: string;
  readonly functionName: string;
}

export interface Routes {
  /** Returns the route of a request and its decoded path parameters. `path` is percent-encoded. */
  readonly match: (method: string, path: string) => { readonly route: Route; readonly parameters: Record<string, string> };
}

/** Throws an error if there is no default route, or if a route has no function. */
export function routesOf(service: Service): Routes {
  const routes = [...eventRoutes(service), ...resourceRoutes(service)].map((route) => ({
    route,
    method: route.key.split(' ')[0],
    segments: (route.key.split(' ')[1] ?? '').split('/'),
  }));
  const fallback = routes.find(({ route }) => route.key === '$default');
  if (fallback === undefined) {
    throw new Error('serverless.yml has no default route (httpApi: "*")');
  }
  // If several routes match, API Gateway uses the one with the most specific path.
  const bySpecificity = routes.filter((route) => route !== fallback).sort((a, b) => compareSpecificity(a.segments, b.segments));
  return {
    match: (method, path) => {
      const pathSegments = path.split('/');
      for (const { route, segments } of bySpecificity.filter((candidate) => candidate.method === method)) {
        const parameters = matchSegments(segments, pathSegments);
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

/** A route that is defined as a resource refers to the integration that the Serverless Framework generates for a function. */
function resourceRoutes({ functions, resources }: Service): Route[] {
  const functionNames = new Map(Object.keys(functions).map((name) => [`HttpApiIntegration${logicalName(name)}`, name]));
  return Object.values(resources.Resources)
    .filter(({ Type }) => Type === 'AWS::ApiGatewayV2::Route')
    .map(({ Properties }) => {
      const { RouteKey, Target } = Properties as { RouteKey: string; Target: unknown };
      const [, integration = ''] = /"Ref":"(HttpApiIntegration\w+)"/.exec(JSON.stringify(Target)) ?? [];
      const functionName = functionNames.get(integration);
      if (functionName === undefined) {
        throw new Error(`The route ${RouteKey} in serverless.yml doesn't refer to a function`);
      }
      return { key: RouteKey, functionName };
    });
}

/** A function's name as it appears in the logical IDs of the resources that the Serverless Framework generates. */
const logicalName = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', 'Dash');

/** Lower is more specific. */
const rank = (segment: string): number => (segment.endsWith('+}') ? 2 : segment.startsWith('{') ? 1 : 0);

function compareSpecificity(a: readonly string[], b: readonly string[]): number {
  const index = a.findIndex((segment, i) => rank(segment) !== rank(b[i] ?? ''));
  return index === -1 ? 0 : rank(a[index] ?? '') - rank(b[index] ?? '');
}

/** Returns the decoded parameters, or undefined if the path doesn't match. */
function matchSegments(segments: readonly string[], path: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const [, name, isGreedy] = /^\{(\w+)(\+?)\}$/.exec(segment) ?? [];
    const value = (isGreedy === '+' ? path.slice(index).join('/') : path[index]) ?? '';
    if (name === undefined ? value !== segment || index >= path.length : value === '') {
      return undefined;
    }
    if (name !== undefined) {
      parameters[name] = decodeURIComponent(value);
    }
    if (isGreedy === '+') {
      return parameters;
    }
  }
  return segments.length === path.length ? parameters : undefined;
}
