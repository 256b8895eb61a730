/**
 * `npm run lock`: adds to package-lock.json the packages for other platforms that npm left out because the registry in use
 * does not have them. Without their entries npm ci takes the lock file for stale; with them it passes them over.
 */
import { readFileSync, writeFileSync } from 'node:fs';

interface Locked {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = ['arm64', 'x64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32'];

/** What a package's name says of where it runs: `core-linux-arm-gnueabihf` on Linux on arm. */
function platformOf(name: string): { os: string | undefined; cpu: string } {
  const words = name.split(/[-/]/);
  const os = systems.find((system) => words.includes(system));
  const cpu = processors.find((processor) => words.includes(processor));
  if (cpu === undefined) {
    throw new Error(`${name} does not say where it runs`);
  }
  return { os, cpu };
}

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, Locked> };

const added = Object.values(lock.packages).flatMap(({ dev, optionalDependencies = {} }) =>
  Object.entries(optionalDependencies)
    .filter(([name]) => lock.packages[`node_modules/${name}`] === undefined)
    .map(([name, version]) => {
      if (!/^\d+\.\d+\.\d+$/.test(version)) {
        throw new Error(`${name} is wanted as ${version}, which is no single version`);
      }
      const { os, cpu } = platformOf(name);
      // In npm's order, so that npm leaves the entry as it is.
      const locked = { version, cpu: [cpu], ...(dev === true && { dev }), optional: true, ...(os !== undefined && { os: [os] }) };
      return [`node_modules/${name}`, locked] as const;
    }),
);
const [own, ...others] = Object.entries({ ...lock.packages, ...Object.fromEntries(added) });
const packages = Object.fromEntries([...(own === undefined ? [] : [own]), ...others.sort(([a], [b]) => (a < b ? -1 : 1))]);
writeFileSync(file, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);
console.log(`${added.length} added.`);
