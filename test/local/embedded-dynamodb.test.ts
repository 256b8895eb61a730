import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { programPath } from '../../local/embedded-dynamodb.ts';

const { optionalDependencies } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const resolve = (file: string): string => join('/modules', file);

describe('programPath', () => {
  it.each([
    ['darwin-arm64', 'dynoxide'],
    ['darwin-x64', 'dynoxide'],
    ['linux-arm64', 'dynoxide'],
    ['linux-x64', 'dynoxide'],
    ['win32-x64', 'dynoxide.exe'],
  ])('finds the program for %s in a package that package.json lists', (platform, program) => {
    expect(programPath(platform, resolve)).toBe(join('/modules/@dynoxide', platform, program));
    expect(optionalDependencies).toHaveProperty([`@dynoxide/${platform}`], expect.stringMatching(/^\d+\.\d+\.\d+$/));
  });

  it('uses the same version on every platform', () => {
    const versions = Object.entries(optionalDependencies).filter(([name]) => name.startsWith('@dynoxide/'));

    expect(versions).toHaveLength(5);
    expect(new Set(versions.map(([, version]) => version)).size).toBe(1);
  });

  it('explains that a platform without a package needs another DynamoDB', () => {
    expect(() => programPath('aix-ppc64', resolve)).toThrow(
      'There is no embedded DynamoDB for aix-ppc64. To run the service here, start another DynamoDB, such as Amazon DynamoDB Local, and name it: DYNAMODB_ENDPOINT=http://127.0.0.1:8000 npm start',
    );
  });

  it('explains that the package is missing if it was not installed', () => {
    const missing = () => {
      throw new Error('Cannot find module');
    };

    expect(() => programPath('darwin-arm64', missing)).toThrow(
      'The embedded DynamoDB is not installed: the package @dynoxide/darwin-arm64 is missing. Run npm ci without --omit=optional, or start another DynamoDB, such as Amazon DynamoDB Local, and name it: DYNAMODB_ENDPOINT=http://127.0.0.1:8000 npm start',
    );
  });
});
