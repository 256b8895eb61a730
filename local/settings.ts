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
/** Whether `npm start` stands in for what Packer's builders need besides images: see local/stand-ins. */
export const hasStandIns = isPacker(process.env['STAND_INS'] || undefined);

function portFrom(text: string): number {
  const number = Number(text);
  // The OpenID Connect provider uses the next port.
  if (!Number.isInteger(number) || number < 1 || number >= portMax) {
    console.error(`PORT is "${text}", but must be a number from 1 to ${portMax - 1}.`);
    process.exit(1);
  }
  return number;
}

function isPacker(standIns: string | undefined): boolean {
  if (standIns !== undefined && standIns !== 'packer') {
    console.error(`STAND_INS is "${standIns}"; it has to be packer, or not set.`);
    process.exit(1);
  }
  return standIns === 'packer';
}
