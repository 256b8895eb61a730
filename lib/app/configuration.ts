import * as z from 'zod';
import { protocolsFrom } from './protocols.ts';
import { type Regions, regionsFrom } from './regions.ts';

/** An origin with https as browsers write it: nothing else can come into a content security policy by it. */
const HttpsOrigin = z
  .string()
  .refine((text) => /^https:\/\/[a-z0-9.-]+(:\d+)?$/.test(text) && URL.canParse(text) && new URL(text).origin === text, {
    error: ({ input }) => `"${input}" is no https origin such as https://login.example.com`,
  });

const Environment = z.object({
  TABLE_NAME: z.string().min(3),
  /** Absent: Amazon DynamoDB. */
  DYNAMODB_ENDPOINT: z.url().optional(),
  /** The EventBridge bus that events go to. Absent: standard output. */
  EVENT_BUS_NAME: z.string().optional(),
  REGIONS: z.string(),
  /** Whose SDKs are answered: names of policies separated by commas, or none. */
  SDK_PROTOCOLS: z.string().default('none'),
  /** For tests: see clock.ts. Absent: the machine's clock. */
  CLOCK_FILE: z.string().optional(),
  /** The AWS KMS key that seals secrets of access keys, or the file of one that does on a laptop: see data-keys.ts. */
  KMS_KEY_ID: z.string().optional(),
  DATA_KEY_FILE: z.string().optional(),
  OIDC_ISSUER: z.url(),
  /** Under which id the issuer knows the console. */
  CONSOLE_CLIENT_ID: z.string().min(1).default('image-share-console'),
  /** What else of the issuer's the console has to call, where its token endpoint is on another host: origins, separated by commas. */
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
  /** The clouds whose protocols are spoken, by the names of their policies. */
  readonly protocols: ReadonlySet<string>;
};

/** Reads the process's configuration. Throws an error that names every variable which is missing or wrong. */
export function configurationFrom(environment: NodeJS.ProcessEnv): Configuration {
  const stated = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = Environment.safeParse(stated);
  if (!result.success) {
    throw new Error(
      `The configuration is not complete: ${result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ')}`,
    );
  }
  const { REGIONS, SDK_PROTOCOLS, ...rest } = result.data;
  return { ...rest, regions: regionsFrom(REGIONS), protocols: protocolsFrom(SDK_PROTOCOLS) };
}
