/** Runs another program as a child that exits with this process. */
import { spawn } from 'node:child_process';

const [program = '', ...args] = process.argv.slice(2);
// Installed before the program starts: an unhandled signal would end this process and leave the program running.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => child.kill('SIGTERM'));
}
process.on('exit', () => child.kill('SIGKILL'));
const child = spawn(program, args, { stdio: 'inherit' });
child.on('exit', (code) => process.exit(code ?? 1));
