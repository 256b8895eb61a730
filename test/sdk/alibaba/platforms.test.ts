import { osTypeOf, platformOf, platforms } from '../../../lib/sdk/alibaba/platforms.ts';

describe('platformOf', () => {
  it.each([
    ['Debian 12', 'Debian'],
    ['debian', 'Debian'],
    ['Ubuntu 24.04 LTS', 'Ubuntu'],
    ['CentOS 7.9', 'CentOS'],
    ['CentOS Stream 9', 'CentOS Stream'],
    ['CentOS 8 Stream', 'CentOS Stream'],
    ['Rocky 9', 'Rocky Linux'],
    ['Rocky Linux 9.4', 'Rocky Linux'],
    ['Red Hat Enterprise Linux 9', 'RedHat'],
    ['RHEL 8', 'RedHat'],
    ['SLES 15 SP5', 'SUSE'],
    ['openSUSE Leap 15', 'OpenSUSE'],
    ['Fedora CoreOS 40', 'Fedora CoreOS'],
    ['Fedora 40', 'Fedora'],
    ['Alibaba Cloud Linux 3', 'Aliyun'],
    ['Windows Server 2022', 'Windows Server 2022'],
    ['Windows Server 2019 Datacenter', 'Windows Server 2019'],
    ['Windows 11', 'Other Windows'],
    ['Alpine 3', 'Others Linux'],
    ['', 'Others Linux'],
  ])('derives the platform of %j: %s', (os, platform) => {
    expect(platformOf(os)).toBe(platform);
  });

  it.each(platforms)('returns the platform %s unchanged', (platform) => {
    expect(platformOf(platform)).toBe(platform);
  });
});

describe('osTypeOf', () => {
  it.each([
    ['Windows Server 2022', 'windows'],
    ['Other Windows', 'windows'],
    ['Debian 12', 'linux'],
    ['', 'linux'],
  ])('derives the type of %j: %s', (os, type) => {
    expect(osTypeOf(os)).toBe(type);
  });
});
