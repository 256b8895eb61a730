/** OpenStack Glance with its database, on machines that have Debian's packages `glance-api` and `mariadb-server`. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { freePort, loopback } from '../../local/ports.ts';

const programs = {
  glance: '/usr/bin/glance-api',
  manageGlance: '/usr/bin/glance-manage',
  database: '/usr/sbin/mariadbd',
  installDatabase: '/usr/bin/mariadb-install-db',
  queryDatabase: '/usr/bin/mariadb',
} as const;

export const isGlanceInstalled = (): boolean => Object.values(programs).every((path) => existsSync(path));

/** Returns the version of Debian's package. */
export const glanceVersion = (): string =>
  execFileSync('dpkg-query', ['--show', 'glance-api'], { encoding: 'utf8' }).trim().split('\t')[1] as string;

interface Glance {
  readonly origin: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts Glance with two workers, Debian's pipeline for Keystone without its check of tokens, a file store, and a MariaDB with its
 * durable defaults that listens on a socket only. Its data is in a temporary folder.
 */
export async function startGlance(): Promise<Glance> {
  const folder = mkdtempSync(join(tmpdir(), 'image-share-glance-'));
  const started: ChildProcess[] = [];
  const stop = async () => {
    for (const child of started.toReversed()) {
      await stopProgram(child);
    }
    rmSync(folder, { recursive: true });
  };
  const start = (path: string, args: readonly string[]) => {
    const child = startProgram(path, args, join(folder, 'log'));
    started.push(child);
    return child;
  };
  try {
    const socket = join(folder, 'database.sock');
    const data = ['--no-defaults', `--datadir=${join(folder, 'database')}`];
    // MariaDB runs as root only if it is told to.
    const user = process.getuid?.() === 0 ? ['--user=root'] : [];
    execFileSync(programs.installDatabase, [...data, ...user, '--auth-root-authentication-method=normal'], { stdio: 'ignore' });
    const query = (statement: string) =>
      execFileSync(programs.queryDatabase, ['--no-defaults', `--socket=${socket}`, '--user=root', `--execute=${statement}`], {
        stdio: 'ignore',
      });
    await ready(start(programs.database, [...data, ...user, `--socket=${socket}`, '--skip-networking']), folder, () =>
      query('SELECT 1'),
    );
    query('CREATE DATABASE glance CHARACTER SET utf8');

    const port = await freePort();
    const origin = `http://${loopback}:${port}`;
    const configuration = `--config-file=${configure(folder, { port, socket })}`;
    execFileSync(programs.manageGlance, [configuration, 'db_sync'], { stdio: 'ignore' });
    await ready(start(programs.glance, [configuration]), folder, () => fetch(origin));
    return { origin, stop };
  } catch (failure) {
    await stop();
    throw failure;
  }
}

/** Writes the configuration of Glance and returns its path. */
function configure(folder: string, { port, socket }: { port: number; socket: string }): string {
  const packaged = readFileSync('/etc/glance/glance-api-paste.ini', 'utf8');
  const pipeline = join(folder, 'paste.ini');
  writeFileSync(
    pipeline,
    `[pipeline:glance-api]
pipeline = cors healthcheck http_proxy_to_wsgi versionnegotiation osprofiler context rootapp
${packaged.slice(packaged.indexOf('[composite:rootapp]'))}`,
  );
  const [images, staging, locks] = ['images', 'staging', 'locks'].map((name) => join(folder, name)) as [string, string, string];
  for (const path of [images, staging, locks]) {
    mkdirSync(path);
  }
  const configuration = join(folder, 'glance.conf');
  writeFileSync(
    configuration,
    `[DEFAULT]
bind_host = ${loopback}
bind_port = ${port}
workers = 2
image_member_quota = 50
node_staging_uri = file://${staging}
[database]
connection = mysql+pymysql://root@localhost/glance?unix_socket=${socket}&charset=utf8
[glance_store]
stores = file
default_store = file
filesystem_store_datadir = ${images}
[oslo_concurrency]
lock_path = ${locks}
[paste_deploy]
config_file = ${pipeline}
`,
  );
  return configuration;
}

/** Starts a program that ends with this process, even if this process is killed. */
function startProgram(path: string, args: readonly string[], log: string): ChildProcess {
  const output = openSync(log, 'a');
  return spawn('setpriv', ['--pdeathsig', 'TERM', path, ...args], { stdio: ['ignore', output, output] });
}

async function stopProgram(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
  }
}

const readyTimeoutMs = 60_000;

async function ready(child: ChildProcess, folder: string, answers: () => unknown): Promise<void> {
  const deadline = Date.now() + readyTimeoutMs;
  for (;;) {
    try {
      await answers();
      return;
    } catch (failure) {
      if (child.exitCode !== null || Date.now() > deadline) {
        throw new Error(`Glance or its database failed to start:\n${readFileSync(join(folder, 'log'), 'utf8')}`, {
          cause: failure,
        });
      }
    }
    await setTimeout(100);
  }
}
