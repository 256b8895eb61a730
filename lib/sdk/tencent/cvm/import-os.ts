/** Lists the operating systems of images to import. */
import * as z from 'zod';
import { wireAction } from '../../wire.ts';

/**
 * Source: the example of DescribeImportImageOs in the documentation of tccli. ImportImage accepts other names too, because the
 * service doesn't read the file. The version "-" means any version.
 */
const supported = {
  Windows: ['Windows Server 2008', 'Windows Server 2012', 'Windows Server 2016'],
  Linux: ['CentOS', 'Ubuntu', 'Debian', 'OpenSUSE', 'SUSE', 'CoreOS', 'FreeBSD', 'Other Linux'],
};

/** Values of `Architecture` in ImportImage. */
export const importArchitectures = ['x86_64', 'arm_64'] as const;

export const describeImportImageOs = wireAction({
  parameters: z.strictObject({}),
  async run() {
    return {
      ImportImageOsListSupported: supported,
      ImportImageOsVersionSet: Object.values(supported)
        .flat()
        .map((OsName) => ({ OsName, OsVersions: ['-'], Architecture: importArchitectures })),
    };
  },
});
