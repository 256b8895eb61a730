/** Runs another program as a child, so that it ends together with this process. */
import { spawn } from 'node:child_process';

const [program = '', ...args] = process.argv.slice(2);
// Before the program starts: a signal that nobody handles would end this process and leave the program behind.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => child.kill('SIGTERM'));
}
process.on('exit', () => child.kill('SIGKILL'));
const child = spawn(program, args, { stdio: 'inherit' });
child.on('exit', (code) => process.exit(code ?? 1));
