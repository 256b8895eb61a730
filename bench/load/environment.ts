import { audience } from '../../local/access-token.ts';
import { anyCredentials } from '../../local/embedded-dynamodb.ts';
import { defaultRegions } from '../../local/run-state.ts';

interface Place {
  readonly endpoint: string;
  readonly table: string;
  readonly issuer: string;
}

/** The environment of the functions, as on AWS, so each call writes a line to the log. */
export const environmentOf = ({ endpoint, table, issuer }: Place): Readonly<Record<string, string>> => ({
  ...anyCredentials,
  TABLE_NAME: table,
  DYNAMODB_ENDPOINT: endpoint,
  REGIONS: defaultRegions(),
  SDK_PROTOCOLS: 'tencent,alibaba',
  OIDC_ISSUER: issuer,
  OIDC_AUDIENCE: audience,
  POWERTOOLS_LOG_LEVEL: 'INFO',
});

/** Discards what is written to standard output from now on, such as the log of functions. Returns what ends that. */
export function muteOutput(): () => void {
  const { write } = process.stdout;
  process.stdout.write = () => true;
  return () => {
    process.stdout.write = write;
  };
}
