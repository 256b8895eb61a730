import * as z from 'zod';
import { protocolsFrom } from './protocols.ts';
import { type Regions, regionsFrom } from './regions.ts';

/** An https origin in the form that browsers use. Nothing else can enter the content security policy. */
const HttpsOrigin = z
  .string()
  .refine((text) => /^https:\/\/[a-z0-9.-]+(:\d+)?$/.test(text) && URL.canParse(text) && new URL(text).origin === text, {
    error: ({ input }) => `"${input}" isn't an https origin such as https://login.example.com`,
  });

const Environment = z.object({
  TABLE_NAME: z.string().min(3),
  /** Absent: Amazon DynamoDB. */
  DYNAMODB_ENDPOINT: z.url().optional(),
  /** The EventBridge bus for events. Absent: standard output. */
  EVENT_BUS_NAME: z.string().optional(),
  REGIONS: z.string(),
  /** The clouds whose SDKs can call the service: policy names separated by commas, or `none`. */
  SDK_PROTOCOLS: z.string().default('none'),
  /** For tests: see clock.ts. Absent: the system clock. */
  CLOCK_FILE: z.string().optional(),
  /** The AWS KMS key that protects the secrets of access keys, or for local runs the file with a data key: see data-keys.ts. */
  KMS_KEY_ID: z.string().optional(),
  DATA_KEY_FILE: z.string().optional(),
  OIDC_ISSUER: z.url(),
  /** OAuth client ID of the console. */
  CONSOLE_CLIENT_ID: z.string().min(1).default('image-share-console'),
  /** Other origins that the console calls, separated by commas, such as that of the issuer's token endpoint. */
  CONSOLE_CONNECT_ORIGINS: z
    .string()
    .transform((text) => text.split(',').map((origin) => origin.trim()))
    .pipe(z.array(HttpsOrigin))
    .default([]),
  OIDC_AUDIENCE: z.string().min(1),
  OIDC_JWKS_URI: z.url().optional(),
  OIDC_ACCOUNT_CLAIM: z.string().min(1).default('account'),
  OIDC_PROJECT_CLAIM: z.string().min(1).default('project'),
  SCOPE_TENANT: z.string().min(1).default('image-share'),
  SCOPE_COMPUTE: z.string().min(1).default('image-share:compute'),
  SCOPE_OPERATOR: z.string().min(1).default('image-share:operator'),
});

export type Configuration = Omit<z.infer<typeof Environment>, 'REGIONS' | 'SDK_PROTOCOLS'> & {
  readonly regions: Regions;
  /** The clouds whose SDK protocols are enabled, by policy name. */
  readonly protocols: ReadonlySet<string>;
};

/** Reads the configuration from environment variables. Throws an error that lists every missing or invalid variable. */
export function configurationFrom(environment: NodeJS.ProcessEnv): Configuration {
  const variables = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = Environment.safeParse(variables);
  if (!result.success) {
    throw new Error(
      `Invalid configuration: ${result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ')}`,
    );
  }
  const { REGIONS, SDK_PROTOCOLS, ...rest } = result.data;
  return { ...rest, regions: regionsFrom(REGIONS), protocols: protocolsFrom(SDK_PROTOCOLS) };
}
