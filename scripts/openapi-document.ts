import * as z from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { type Action, commonCodes } from '../lib/app/action.ts';
import type { Scope } from '../lib/auth/caller.ts';
import { acceptsProject, ChangeHeaders, CommonQuery, EditHeaders } from '../lib/http/parameters.ts';
import { Problem } from '../lib/http/problem.ts';
import { problemTypes } from '../lib/http/problem-types.ts';
import { type ErrorCode, errorCodes } from '../lib/model/error.ts';

/** The response with one of these error codes. */
const problem = (codes: readonly ErrorCode[]) => ({
  description: codes.map((code) => `\`${code}\`: ${problemTypes[code].title}.`).join(' '),
  content: {
    'application/problem+json': {
      schema: {
        allOf: [
          { $ref: '#/components/schemas/Problem' },
          { type: 'object' as const, properties: { code: { enum: [...codes] } } },
        ],
      },
    },
  },
});

const responseOf = (code: ErrorCode) => ({ $ref: `#/components/responses/${code}` as const });

/** Generates the OpenAPI document of all actions. */
export function openApiDocument(all: readonly { readonly action: Action }[]) {
  const paths: ZodOpenApiPathsObject = {};
  for (const { action } of all) {
    for (const [index, route] of action.routes.entries()) {
      const [method = '', path = ''] = route.split(' ');
      paths[`/v1${path}`] = { ...paths[`/v1${path}`], [method.toLowerCase()]: operationOf(action, path, index) };
    }
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Image sharing API',
      version: '1',
      description:
        'Share custom machine images with up to 50 accounts or projects. When the owner stops sharing, access ends immediately. Lists can lag by about a second for new images and shares, but never contain deleted images or stopped shares.',
    },
    servers: [{ url: '/' }],
    externalDocs: { description: 'Every error and every rule', url: '/v1/docs/errors' },
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      schemas: { Problem },
      responses: Object.fromEntries(errorCodes.map((code) => [code, problem([code])])),
      securitySchemes: { accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  });
}

function operationOf(action: Action, path: string, index: number): ZodOpenApiOperationObject {
  const pathParameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
  const pathShape = Object.fromEntries(pathParameters.map((name) => [name, required(action.path.shape[name] as z.ZodType)]));
  const scopes = scopesOn(path, action);
  const isFirstRoute = index === 0;
  // A field that a route has in its path replaces the query.
  const isQueryInPath = pathParameters.some((name) => Object.hasOwn(action.query.shape, name));
  const common = {
    ...(action.changes && { dryRun: CommonQuery.shape.dryRun }),
    ...(acceptsProject(action, pathShape) && { project: CommonQuery.shape.project }),
  };
  const query = { ...(isQueryInPath ? {} : action.query.shape), ...common };
  return {
    operationId: isFirstRoute ? action.name : `${action.name}${index + 1}`,
    summary: action.summary,
    tags: [groupOf({ ...action, callers: scopes })],
    ...(action.callers.length > 0 && {
      security: [{ accessToken: [] }],
      description: `Scope: ${scopes.join(' or ')}.`,
    }),
    requestParams: {
      ...(pathParameters.length > 0 && { path: z.object(pathShape) }),
      ...(Object.keys(query).length > 0 && { query: z.object(query) }),
      ...(action.changes && {
        header: z.object({
          'Idempotency-Key': ChangeHeaders.shape['Idempotency-Key'].optional(),
          ...(action.acceptsIfMatch && { 'If-Match': EditHeaders.shape['If-Match'].optional() }),
        }),
      }),
    },
    ...(action.body !== undefined && {
      requestBody: { required: true, content: { 'application/json': { schema: action.body } } },
    }),
    responses: responsesOf(action),
  };
}

const groups: readonly (readonly [RegExp, string])[] = [
  [/\/(shares|recipients|access)(\/|$)/, 'Sharing'],
  [/\/instances\b/, 'Instances'],
  [/\/images\b/, 'Images'],
];

/** Returns the scopes that can call a route. Tenants and operators call the same action on different routes. */
const scopesOn = (path: string, { callers }: Action): readonly Scope[] =>
  path.startsWith('/accounts/')
    ? callers.filter((scope) => scope !== 'tenant')
    : path.startsWith('/account')
      ? callers.filter((scope) => scope !== 'operator')
      : callers;

/** Returns the heading of an action in the reference. */
function groupOf({ callers, routes }: Action): string {
  const [route = ''] = routes;
  if (callers.length === 0) {
    return 'Service';
  }
  if (callers.every((scope) => scope === 'operator')) {
    return 'For operators';
  }
  const [, group = 'Own account'] = groups.find(([pattern]) => pattern.test(route)) ?? [];
  return group;
}

const required = (schema: z.ZodType): z.ZodType => (schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema);

const ETag = z.string().meta({ description: 'The `revision` in the response, in quotes.' });
const Replayed = z
  .literal('true')
  .optional()
  .meta({ description: 'The response is that of an earlier request with the same Idempotency-Key.' });

function responsesOf(action: Action): ZodOpenApiResponsesObject {
  const { status, response, changes, returnsRevision, refuses } = action;
  const codes = new Set([...commonCodes(action), ...refuses]);
  const codesByStatus = Map.groupBy(codes, (code) => problemTypes[code].status);
  return {
    [`${status}` as '200']: {
      description: 'Success.',
      ...((changes || returnsRevision) && {
        headers: z.object({ ...(changes && { 'Idempotency-Replayed': Replayed }), ...(returnsRevision && { ETag }) }),
      }),
      ...(response !== undefined && { content: { 'application/json': { schema: response } } }),
    },
    ...Object.fromEntries(
      [...codesByStatus].map(([errorStatus, group]) => [
        `${errorStatus}`,
        group.length === 1 ? responseOf(group[0] as ErrorCode) : problem(group),
      ]),
    ),
  };
}
