import { portMax } from './ports.ts';

/** What a developer may set for the local run, by environment variables. */
export const port = portFrom(process.env['PORT'] ?? '3000');
export const folder = process.env['DATA_DIR'] || '.data';
export const dynamodb = process.env['DYNAMODB_ENDPOINT'] || undefined;
export const regions = process.env['REGIONS'] || undefined;
/** Whose SDKs are answered, as the variable of a deployment states it. */
export const protocols = process.env['SDK_PROTOCOLS'] || undefined;
/** Whether the start stands in for the compute platform. */
export const hasCompute = process.env['COMPUTE'] !== 'none';
/** Whether the start stands in for what Packer's builders need beside images: see local/stand-ins. */
export const hasStandIns = isPacker(process.env['STAND_INS'] || undefined);

function portFrom(text: string): number {
  const number = Number(text);
  // The issuer takes the next port.
  if (!Number.isInteger(number) || number < 1 || number >= portMax) {
    console.error(`PORT is "${text}"; it has to be a number from 1 to ${portMax - 1}.`);
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
