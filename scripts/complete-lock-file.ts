/**
 * Second step of `npm run lock`: adds packages for other platforms to package-lock.json that npm left out because the
 * registry in use doesn't have them. Without these entries, npm ci rejects the lock file as out of date on those platforms.
 */
import { readFileSync, writeFileSync } from 'node:fs';

interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const operatingSystems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = ['arm64', 'x64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32'];

/** Derives the platform from a package name: `core-linux-arm-gnueabihf` is for Linux on arm. */
function platformOf(name: string): { os: string | undefined; cpu: string } {
  const words = name.split(/[-/]/);
  const os = operatingSystems.find((system) => words.includes(system));
  const cpu = processors.find((processor) => words.includes(processor));
  if (cpu === undefined) {
    throw new Error(`The name ${name} doesn't contain a processor`);
  }
  return { os, cpu };
}

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, LockedPackage> };

const added = Object.values(lock.packages).flatMap(({ dev, optionalDependencies = {} }) =>
  Object.entries(optionalDependencies)
    .filter(([name]) => lock.packages[`node_modules/${name}`] === undefined)
    .map(([name, version]) => {
      if (!/^\d+\.\d+\.\d+$/.test(version)) {
        throw new Error(`${name} is required as ${version}, which isn't an exact version`);
      }
      const { os, cpu } = platformOf(name);
      // In npm's order, so that npm doesn't rewrite the entry.
      const entry = { version, cpu: [cpu], ...(dev === true && { dev }), optional: true, ...(os !== undefined && { os: [os] }) };
      return [`node_modules/${name}`, entry] as const;
    }),
);
const [root, ...others] = Object.entries({ ...lock.packages, ...Object.fromEntries(added) });
const packages = Object.fromEntries([...(root === undefined ? [] : [root]), ...others.sort(([a], [b]) => (a < b ? -1 : 1))]);
writeFileSync(file, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);
console.log(`${added.length} packages added.`);
