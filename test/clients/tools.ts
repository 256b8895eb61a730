/** The programs that the clients are, or need: found on this machine, or installed with apt-get where that is possible. */
import { spawnSync } from 'node:child_process';

interface Tool {
  /** Debian's package. */
  readonly package: string;
  /** Succeeds where it is installed. Prints its version. */
  readonly version: readonly [program: string, ...args: string[]];
}

/** The Python that Debian's packages are for. */
export const python = '/usr/bin/python3';

const tools = {
  openssl: { package: 'openssl', version: ['openssl', 'version'] },
  packer: { package: 'packer', version: ['packer', 'version'] },
  libcloud: {
    package: 'python3-libcloud',
    version: [python, '-c', 'import libcloud; print("Apache Libcloud", libcloud.__version__)'],
  },
} satisfies Record<string, Tool>;

export type ToolName = keyof typeof tools;

/** The version of each tool that is there, after those that are not were installed as far as possible. */
export function installedTools(): ReadonlyMap<ToolName, string> {
  const names = Object.keys(tools) as ToolName[];
  const missing = names.filter((name) => versionOf(tools[name]) === undefined);
  if (missing.length > 0 && process.getuid?.() === 0) {
    const packages = missing.map((name) => tools[name].package);
    console.log(`Installing ${packages.join(', ')} with apt-get.`);
    runs('apt-get', ['update', '-qq']);
    for (const one of packages) {
      runs('apt-get', ['install', '-y', '-qq', '--no-install-recommends', one]);
    }
  }
  return new Map(
    names.flatMap((name) => {
      const version = versionOf(tools[name]);
      return version === undefined ? [] : [[name, version]];
    }),
  );
}

export const packageOf = (name: ToolName): string => tools[name].package;

function versionOf({ version: [program, ...args] }: Tool): string | undefined {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, CHECKPOINT_DISABLE: '1' } });
  return status === 0 ? stdout.split('\n')[0] : undefined;
}

function runs(program: string, args: readonly string[]): void {
  spawnSync(program, args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
}
