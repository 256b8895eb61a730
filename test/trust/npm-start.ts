/** The service as `npm start` runs it, in a folder of its own, whose processes can be killed. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { documentClientOf } from '../../lib/table/document-client.ts';
import { DynamoDBStore } from '../../lib/table/dynamodb-store.ts';
import { accessToken } from '../../local/access-token.ts';
import { clientOf } from '../../local/embedded-dynamodb.ts';
import { localTable, readRunState } from '../../local/run-state.ts';
import { createAccounts } from '../support/accounts.ts';
import { type Clients, createClients } from '../support/client.ts';

/** What can be killed: the process of the database, the one of the API, or all processes. */
export type Part = 'database' | 'API' | 'npm start';

const programs: Readonly<Record<Part, RegExp>> = {
  database: /dynoxide\S* serve/,
  API: /serverless\.js offline start/,
  'npm start': /./,
};

export class NpmStart {
  readonly store: DynamoDBStore;
  readonly clients: Clients;
  readonly #process: ChildProcess;
  readonly #exited: Promise<unknown>;

  private constructor(child: ChildProcess, folder: string, port: number) {
    this.#process = child;
    this.#exited = once(child, 'exit');
    const endpoint = readRunState(folder)?.dynamodb ?? '';
    this.store = new DynamoDBStore(documentClientOf(clientOf(endpoint)), localTable);
    this.clients = createClients({
      fetch: (path, request) => fetch(`http://127.0.0.1:${port}${path}`, request),
      tokenOf: (claims) => accessToken(`http://127.0.0.1:${port + 1}`, claims),
      createAccounts: (accounts) => createAccounts(this.store, accounts),
    });
  }

  /** Starts it on the data in the folder. Throws its output if it ends before it is ready. */
  static async start(folder: string, port: number): Promise<NpmStart> {
    const child = spawn(process.execPath, ['local/start.ts'], {
      cwd: new URL('../..', import.meta.url),
      env: { ...process.env, DATA_DIR: folder, PORT: String(port), COMPUTE: 'none' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    await new Promise<void>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          output = (output + text).slice(-10_000);
          if (output.includes('Image sharing is running')) {
            resolve();
          }
        });
      }
      child.once('exit', () => reject(new Error(`npm start ended:\n${output}`)));
    });
    return new NpmStart(child, folder, port);
  }

  /** Kills a part without warning, and waits until everything has ended. */
  async kill(part: Part): Promise<void> {
    for (const { pid } of this.#processes().filter(({ program }) => programs[part].test(program))) {
      process.kill(pid, 'SIGKILL');
    }
    await this.#exited;
  }

  async stop(): Promise<void> {
    this.#process.kill('SIGTERM');
    await this.#exited;
  }

  /** The process of `npm start` and its descendants. */
  #processes(): { readonly pid: number; readonly program: string }[] {
    const all = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], { encoding: 'utf8', maxBuffer: 100_000_000 })
      .split('\n')
      .map((line) => /^ *(\d+) +(\d+) (.*)$/.exec(line) ?? [])
      .map(([, pid, parent, program = '']) => ({ pid: Number(pid), parent: Number(parent), program }));
    const found = all.filter(({ pid }) => pid === this.#process.pid);
    for (const { pid } of found) {
      found.push(...all.filter(({ parent }) => parent === pid));
    }
    return found;
  }
}
