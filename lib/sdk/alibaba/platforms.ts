/** The platforms of ECS: the distributions of operating systems. Source: ImportImage and CreateImage in the SDK reference. */
export const platforms = [
  'Aliyun',
  'Anolis',
  'CentOS',
  'Ubuntu',
  'CoreOS',
  'SUSE',
  'Debian',
  'OpenSUSE',
  'FreeBSD',
  'RedHat',
  'Kylin',
  'UOS',
  'Fedora',
  'Fedora CoreOS',
  'CentOS Stream',
  'AlmaLinux',
  'Rocky Linux',
  'Gentoo',
  'Customized Linux',
  'Others Linux',
  'Windows Server 2022',
  'Windows Server 2019',
  'Windows Server 2016',
  'Windows Server 2012',
  'Windows Server 2008',
  'Windows Server 2003',
  'Other Windows',
] as const;
type Platform = (typeof platforms)[number];

/** Names of operating systems that contain no platform by name. */
const aliases: readonly (readonly [RegExp, Platform])[] = [
  [/alibaba cloud linux/i, 'Aliyun'],
  [/red ?hat|\brhel\b/i, 'RedHat'],
  [/\bsles\b/i, 'SUSE'],
  [/\brocky\b/i, 'Rocky Linux'],
  [/\bcentos\b.*\bstream\b/i, 'CentOS Stream'],
];

/** "Fedora CoreOS" before "Fedora" and "CoreOS". */
const longestFirst = [...platforms].sort((a, b) => b.length - a.length);

/** Derives the platform from the name of an operating system: "Debian" from "Debian 12". */
export function platformOf(os: string): Platform {
  const lowerCaseOs = os.toLowerCase();
  return (
    aliases.find(([pattern]) => pattern.test(os))?.[1] ??
    longestFirst.find((platform) => lowerCaseOs.includes(platform.toLowerCase())) ??
    (osTypeOf(os) === 'windows' ? 'Other Windows' : 'Others Linux')
  );
}

/** Derives `windows` or `linux` from the name of the operating system. */
export const osTypeOf = (os: string): 'windows' | 'linux' => (/\bwindows\b/i.test(os) ? 'windows' : 'linux');
