import './interpreted-schemas.ts';
import * as z from 'zod';
import { protocolsFrom } from './protocols.ts';
import { regionsFrom } from './regions.ts';

/**
 * An https origin as browsers spell it: lower case, without a path or the default port. Checked strictly, because the value
 * becomes part of a header, the content security policy.
 */
const HttpsOrigin = z
  .string()
  // Only these characters can't end or extend the policy. Browsers change some such texts, so the URL must also stay the same.
  .refine((text) => /^https:\/\/[a-z0-9.-]+(:\d+)?$/.test(text) && URL.canParse(text) && new URL(text).origin === text, {
    error: ({ input }) => `"${input}" isn't an https origin such as https://login.example.com`,
  });

/** A variable in its own format. `parse` throws an error if the text is invalid. */
const parsedWith = <Value>(parse: (text: string) => Value) =>
  z.string().transform((text, context) => {
    try {
      return parse(text);
    } catch (failure) {
      context.addIssue({ code: 'custom', message: (failure as Error).message });
      return z.NEVER;
    }
  });

/** The environment variables. For operators, docs/configuration.md describes them. */
const Environment = z.object({
  /** DynamoDB's minimum is three characters. */
  TABLE_NAME: z.string().min(3),
  /** Default: Amazon DynamoDB. */
  DYNAMODB_ENDPOINT: z.url().optional(),
  /** The EventBridge bus for events. Default: events go to standard output. */
  EVENT_BUS_NAME: z.string().optional(),
  /** The regions with their policies: `region=policy`, separated by commas. */
  REGIONS: parsedWith(regionsFrom),
  /** The clouds whose SDKs can call the service: names of policies, separated by commas, or `none`. */
  SDK_PROTOCOLS: z.string().default('none').pipe(parsedWith(protocolsFrom)),
  /** For tests: see clock.ts. Default: the system clock. */
  CLOCK_FILE: z.string().optional(),

  /** The AWS KMS key that protects the secrets of access keys. For local runs, DATA_KEY_FILE is set instead. */
  KMS_KEY_ID: z.string().optional(),
  /** The file with the data key that protects the secrets of access keys in local runs. */
  DATA_KEY_FILE: z.string().optional(),

  /** The issuer of access tokens, as in the claim `iss`. */
  OIDC_ISSUER: z.url(),
  /** The audience of access tokens, as in the claim `aud`. */
  OIDC_AUDIENCE: z.string().min(1),
  /** The issuer's key set. Default: as in its discovery document. */
  OIDC_JWKS_URI: z.url().optional(),
  OIDC_ACCOUNT_CLAIM: z.string().min(1).default('account'),
  OIDC_PROJECT_CLAIM: z.string().min(1).default('project'),
  /** The issuer's names for the three scopes. */
  SCOPE_TENANT: z.string().min(1).default('image-share'),
  SCOPE_COMPUTE: z.string().min(1).default('image-share:compute'),
  SCOPE_OPERATOR: z.string().min(1).default('image-share:operator'),

  /** OAuth client ID of the console. */
  CONSOLE_CLIENT_ID: z.string().min(1).default('image-share-console'),
  /** Origins that the console can call besides the API and the issuer, such as that of the token endpoint. Separated by commas. */
  CONSOLE_CONNECT_ORIGINS: z
    .string()
    .transform((text) => text.split(',').map((origin) => origin.trim()))
    .pipe(z.array(HttpsOrigin))
    .default([]),
});

const Configuration = Environment.transform((variables) => ({
  tableName: variables.TABLE_NAME,
  dynamodbEndpoint: variables.DYNAMODB_ENDPOINT,
  /** Name of the EventBridge bus; undefined if there is none. */
  eventBus: variables.EVENT_BUS_NAME,
  regions: variables.REGIONS,
  /** The clouds whose SDK protocols are enabled, by policy name. */
  protocols: variables.SDK_PROTOCOLS,
  clockFile: variables.CLOCK_FILE,
  dataKeys: { kmsKeyId: variables.KMS_KEY_ID, file: variables.DATA_KEY_FILE },
  tokens: {
    issuer: variables.OIDC_ISSUER,
    audience: variables.OIDC_AUDIENCE,
    jwksUri: variables.OIDC_JWKS_URI,
    accountClaim: variables.OIDC_ACCOUNT_CLAIM,
    projectClaim: variables.OIDC_PROJECT_CLAIM,
    scopeNames: { tenant: variables.SCOPE_TENANT, compute: variables.SCOPE_COMPUTE, operator: variables.SCOPE_OPERATOR },
  },
  console: { clientId: variables.CONSOLE_CLIENT_ID, connectOrigins: variables.CONSOLE_CONNECT_ORIGINS },
}));
export type Configuration = z.output<typeof Configuration>;

/**
 * Reads the configuration from environment variables. An empty variable counts as unset, because serverless.yml sets optional
 * variables to an empty string. Throws an error that lists every missing or invalid variable.
 */
export function configurationFrom(environment: NodeJS.ProcessEnv): Configuration {
  const variables = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = Configuration.safeParse(variables);
  if (!result.success) {
    throw new Error(
      `Invalid configuration: ${result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`,
    );
  }
  return result.data;
}
