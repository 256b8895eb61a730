/** What the plugin uses of the Serverless Framework. */
interface Serverless {
  readonly configSchemaHandler: { defineFunctionProperties(provider: string, schema: object): void };
  readonly service: {
    readonly functions: Readonly<Record<string, { readonly permissions?: Permissions; role?: string }>>;
    readonly provider: { readonly tracing?: { readonly lambda?: boolean } };
    readonly custom: { readonly permissionResources: Readonly<Record<string, Resource>> };
    readonly resources: { readonly Resources: Record<string, object> };
  };
  getProvider(name: 'aws'): {
    readonly naming: { getLogGroupLogicalId(name: string): string; getNormalizedFunctionName(name: string): string };
  };
}

/** Operations by the name of a resource. */
type Permissions = Readonly<Record<string, readonly string[]>>;
/** The prefix of the operations, such as `dynamodb`, and the ARN of the resource in CloudFormation. */
type Resource = { readonly service: string; readonly arn: unknown };

/**
 * A Serverless Framework plugin that gives each function a role of its own. The role permits what the function's `permissions`
 * list, on the resources in `custom.permissionResources`, and writing its own logs and traces.
 */
export default class RolePerFunction {
  readonly hooks = { 'before:package:setupProviderConfiguration': () => this.#addRoles() };
  readonly #serverless: Serverless;

  constructor(serverless: Serverless) {
    this.#serverless = serverless;
    const operations = { type: 'array', items: { type: 'string' } };
    serverless.configSchemaHandler.defineFunctionProperties('aws', {
      properties: { permissions: { type: 'object', additionalProperties: operations } },
    });
  }

  #addRoles(): void {
    const { service } = this.#serverless;
    const { naming } = this.#serverless.getProvider('aws');
    for (const [name, definition] of Object.entries(service.functions)) {
      const role = `${naming.getNormalizedFunctionName(name)}Role`;
      const statements = [
        ...Object.entries(definition.permissions ?? {}).map(([resource, operations]) => this.#allow(name, resource, operations)),
        allow('logs', ['CreateLogStream', 'PutLogEvents'], { 'Fn::GetAtt': [naming.getLogGroupLogicalId(name), 'Arn'] }),
        ...(service.provider.tracing?.lambda ? [allow('xray', ['PutTelemetryRecords', 'PutTraceSegments'], '*')] : []),
      ];
      service.resources.Resources[role] = roleWith(statements);
      definition.role = role;
    }
  }

  #allow(functionName: string, name: string, operations: readonly string[]): object {
    const resource = this.#serverless.service.custom.permissionResources[name];
    if (resource === undefined) {
      throw new Error(`The function ${functionName} has permissions on ${name}, which is not in custom.permissionResources`);
    }
    return allow(resource.service, operations, resource.arn);
  }
}

const allow = (service: string, operations: readonly string[], Resource: unknown): object => ({
  Effect: 'Allow',
  Action: operations.map((operation) => `${service}:${operation}`),
  Resource,
});

const roleWith = (Statement: readonly object[]): object => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
    Policies: [{ PolicyName: 'permissions', PolicyDocument: { Version: '2012-10-17', Statement } }],
  },
});
