/** Runs another program as a child, so that it ends together with this process. */
import { spawn } from 'node:child_process';

const [program = '', ...args] = process.argv.slice(2);
const child = spawn(program, args, { stdio: 'inherit' });
child.on('exit', (code) => process.exit(code ?? 1));
process.on('exit', () => child.kill('SIGKILL'));
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => child.kill('SIGTERM'));
}
