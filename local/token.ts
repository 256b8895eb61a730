/** `npm run -s token -- ACCOUNT [--project P] [--scope S]`: prints an access token from the local issuer. */
import { parseArgs } from 'node:util';
import { accessToken } from './issuer.ts';
import { loopback } from './ports.ts';
import { port } from './settings.ts';

const usage = `Usage: npm run -s token -- ACCOUNT [--project PROJECT] [--scope SCOPE]
       npm run -s token -- --scope image-share:operator
SCOPE is image-share (default), image-share:compute or image-share:operator.`;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { project: { type: 'string' }, scope: { type: 'string' } },
  });
  const account = positionals[0] ?? /^image-share:(compute|operator)$/.exec(values.scope ?? '')?.[1];
  if (account === undefined || positionals.length > 1) {
    throw new Error(usage);
  }
  console.log(await accessToken(`http://${loopback}:${port + 1}`, { account, project: values.project, scope: values.scope }));
} catch (failure) {
  const isDown = failure instanceof TypeError && failure.message === 'fetch failed';
  console.error(
    isDown
      ? `Nothing answers on port ${port + 1}. Run npm start first; where it has another PORT, set the same here.`
      : (failure as Error).message,
  );
  process.exit(1);
}
