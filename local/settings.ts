import { portMax } from './ports.ts';

/** The environment variables that `npm start` reads: see docs/configuration.md. */
export const port = portFrom(process.env['PORT'] ?? '3000');
export const folder = process.env['DATA_DIR'] || '.data';
export const dynamodb = process.env['DYNAMODB_ENDPOINT'] || undefined;
export const regions = process.env['REGIONS'] || undefined;
/** The enabled SDK protocols, in the same format as in a deployment. */
export const protocols = process.env['SDK_PROTOCOLS'] || undefined;
/** Whether the compute platform is simulated. */
export const simulatesCompute = process.env['COMPUTE'] !== 'none';

function portFrom(text: string): number {
  const number = Number(text);
  // The OpenID Connect provider uses the next port.
  if (!Number.isInteger(number) || number < 1 || number >= portMax) {
    console.error(`PORT is "${text}", but must be a number from 1 to ${portMax - 1}.`);
    process.exit(1);
  }
  return number;
}
