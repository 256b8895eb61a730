import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** The name of the table of the local run. */
export const localTable = 'image-share';

/** The file in the data folder that says where the running table is. */
export const endpointFile = 'dynamodb-endpoint';

/** The regions that serverless.yml configures unless REGIONS says otherwise. */
export function defaultRegions(): string {
  const { provider } = parse(readFileSync(new URL('../serverless.yml', import.meta.url), 'utf8'));
  const [, regions = ''] = /^\$\{env:REGIONS, '(.*)'\}$/.exec(provider.environment.REGIONS) ?? [];
  return regions;
}
