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

function portFrom(text: string): number {
  const number = Number(text);
  // The issuer takes the next port.
  if (!Number.isInteger(number) || number < 1 || number >= portMax) {
    console.error(`PORT is "${text}"; it has to be a number from 1 to ${portMax - 1}.`);
    process.exit(1);
  }
  return number;
}
