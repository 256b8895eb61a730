/** OpenStack Glance with its database, on machines that have Debian's packages `glance-api` and `mariadb-server`. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, childOf, waitUntilReady } from '../../local/child.ts';
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
  const started: Child[] = [];
  const stop = async () => {
    for (const child of started.toReversed()) {
      await child.stop();
    }
    rmSync(folder, { recursive: true });
  };
  const start = async (name: string, path: string, args: readonly string[], isReady: () => Promise<boolean>) => {
    const child = startProgram(path, args);
    started.push(child);
    await waitUntilReady(name, child, isReady);
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
    const options = [...data, ...user, `--socket=${socket}`, '--skip-networking'];
    await start('MariaDB', programs.database, options, async () => query('SELECT 1') !== undefined);
    query('CREATE DATABASE glance CHARACTER SET utf8');

    const port = await freePort();
    const origin = `http://${loopback}:${port}`;
    const configuration = `--config-file=${configure(folder, { port, socket })}`;
    execFileSync(programs.manageGlance, [configuration, 'db_sync'], { stdio: 'ignore' });
    await start('Glance', programs.glance, [configuration], async () => (await fetch(origin)).status > 0);
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
const startProgram = (path: string, args: readonly string[]): Child =>
  childOf(spawn('setpriv', ['--pdeathsig', 'TERM', path, ...args], { stdio: ['ignore', 'pipe', 'pipe'] }));
