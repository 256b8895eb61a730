import { deleteImage } from '../../functions/delete-image.ts';
import { getUsage } from '../../functions/get-usage.ts';
import { importImage } from '../../functions/import-image.ts';
import { putProject } from '../../functions/put-project.ts';
import { saveSharedImage } from '../../functions/save-shared-image.ts';
import { freshMember, freshMembers, operator } from '../support/api.ts';
import { type Fields, freshId, type Member, share, testRegions } from '../support/client.ts';
import { type ClockedService, startClockedService } from '../support/service.ts';

const [day, nextDay] = ['2026-11-22', '2026-11-23'];
const at = (time: string): Date => new Date(`${day}T${time}Z`);
const nextDayAt = (time: string): Date => new Date(`${nextDay}T${time}Z`);
const wholeDays = { from: `${day}T00:00:00Z`, to: '2026-11-24T00:00:00Z' };

let clockedService: ClockedService;

beforeAll(async () => {
  clockedService = await startClockedService(at('12:00:00'));
});
afterAll(() => clockedService.stop());

describe.each(testRegions)('GET /v1/usage of images in $name', ({ region, policy }) => {
  /** Under policies with project principals, the request must name the project. */
  const projectField = (member: Member): Fields => (policy.principalKind === 'project' ? { project: member.project } : {});
  const usageOf = async (member: Member, fields: Fields = wholeDays) => {
    const usage = await member.ok(getUsage, { ...projectField(member), ...fields });
    expect(usage.principal).toBe(member.principalIn(policy));
    return usage.regions.find((entry) => entry.region === region);
  };
  const tenGiB = (member: Member) => member.ok(importImage, { region, name: 'web', sizeGiB: 10 });

  beforeEach(() => clockedService.setClock(at('12:00:00')));

  it('meters 10 GiB for exactly 3 hours as 30 GiB-hours, split at midnight', async () => {
    const member = await freshMember();
    clockedService.setClock(at('22:00:00'));
    const { imageId } = await tenGiB(member);
    clockedService.setClock(nextDayAt('01:00:00'));
    await member.ok(deleteImage, { region, imageId });
    clockedService.setClock(nextDayAt('06:00:00'));

    expect(await usageOf(member)).toEqual({
      region,
      gibHours: 30,
      days: [
        { day, gibHours: 20 },
        { day: nextDay, gibHours: 10 },
      ],
    });
    expect(await usageOf(member, { from: `${day}T23:30:00Z`, to: `${nextDay}T00:15:00Z` })).toEqual({
      region,
      gibHours: 7.5,
      days: [
        { day, gibHours: 5 },
        { day: nextDay, gibHours: 2.5 },
      ],
    });
    expect(await usageOf(member, { from: `${nextDay}T01:00:00Z` })).toEqual({ region, gibHours: 0, days: [] });
    expect(await usageOf(member, { from: `${day}T20:00:00Z`, to: `${day}T22:00:00Z` })).toEqual({
      region,
      gibHours: 0,
      days: [],
    });
  });

  it('counts existing images up to now, with data disks, and adds up all images', async () => {
    const member = await freshMember();
    await tenGiB(member);
    await member.ok(importImage, { region, name: 'data', sizeGiB: 1, disks: [{ sizeGiB: 2 }, { sizeGiB: 3 }] });
    clockedService.setClock(at('12:00:01'));
    expect((await usageOf(member))?.gibHours).toBeCloseTo(16 / 3_600, 12);

    clockedService.setClock(at('14:00:00'));
    expect(await usageOf(member)).toEqual({ region, gibHours: 32, days: [{ day, gibHours: 32 }] });
  });

  it('counts nothing for a share, and a saved image for the recipient that saved it', async () => {
    const [owner, recipient] = (await freshMembers(2)) as [Member, Member];
    const image = await tenGiB(owner);
    await share(owner, image, [recipient.principalIn(policy)]);
    clockedService.setClock(at('14:00:00'));
    expect(await usageOf(recipient)).toMatchObject({ gibHours: 0, days: [] });

    await recipient.ok(saveSharedImage, { region, imageId: image.imageId });
    clockedService.setClock(at('17:00:00'));

    expect(await usageOf(recipient)).toMatchObject({ gibHours: 30 });
    expect(await usageOf(owner)).toMatchObject({ gibHours: 50 });
  });

  it('covers one principal, only in regions of its kind', async () => {
    const member = await freshMember();
    const usage = await member.ok(getUsage, { ...projectField(member), ...wholeDays });

    expect(usage.regions.map((entry) => entry.region)).toContain(region);
    const others = testRegions
      .filter((testRegion) => testRegion.policy.principalKind !== policy.principalKind)
      .map((testRegion) => testRegion.region);
    expect(usage.regions.filter((entry) => others.includes(entry.region))).toEqual([]);
  });
});

describe('the period of GET /v1/usage', () => {
  let member: Member;

  beforeAll(async () => {
    clockedService.setClock(at('12:00:00'));
    member = await freshMember();
  });
  beforeEach(() => clockedService.setClock(at('12:00:00')));

  it('defaults to this month up to now, and ends now if the given end is later', async () => {
    const now = at('12:00:00').toISOString();

    expect(await member.ok(getUsage)).toMatchObject({ from: '2026-11-01T00:00:00.000Z', to: now });
    expect(await member.ok(getUsage, { to: '2027-01-01T00:00:00Z' })).toMatchObject({ to: now });
    expect(await member.ok(getUsage, { from: `${day}T10:00:00+08:00` })).toMatchObject({ from: `${day}T02:00:00.000Z` });
  });

  it('can start up to 400 days ago', async () => {
    const first = new Date(at('12:00:00').getTime() - 400 * 86_400_000);
    const before = new Date(first.getTime() - 1_000);

    expect(await member.ok(getUsage, { from: first.toISOString() })).toMatchObject({ from: first.toISOString() });
    expect(await member.refused(getUsage, { from: before.toISOString() })).toMatchObject({
      status: 400,
      code: 'InvalidRequest',
      offenders: [{ id: 'from' }],
    });
  });

  it.each([
    { from: `${day}T11:00:00Z`, to: `${day}T10:00:00Z`, field: 'from' },
    { from: `${day}T12:00:01Z`, field: 'from' },
    { to: '2026-10-31T00:00:00Z', field: 'to' },
    { from: 'yesterday', field: 'from' },
    { from: '2026-11-22', field: 'from' },
    { from: `${day}T11:00:00`, field: 'from' },
    { to: '', field: 'to' },
    { region: 'ap-guangzhou', field: 'region' },
  ])('from $from to $to is refused with an error for $field', async ({ field: id, ...fields }) => {
    expect(await member.refused(getUsage, fields)).toMatchObject({
      status: 400,
      code: 'InvalidRequest',
      offenders: expect.arrayContaining([expect.objectContaining({ id })]),
    });
  });

  it("is separate per project, and another account's project is ProjectNotFound", async () => {
    const stranger = await freshMember();
    const second = freshId('org-');
    await operator().ok(putProject, { accountId: member.account, projectId: second, name: 'second' });
    await member.ok(importImage, { region: 'cn-bj2', name: 'web', sizeGiB: 10, project: second });
    clockedService.setClock(at('13:00:00'));
    const gibHours = async (project: string) =>
      (await member.ok(getUsage, { project })).regions.find(({ region }) => region === 'cn-bj2')?.gibHours;

    expect(await member.refused(getUsage, { project: stranger.project })).toMatchObject({ code: 'ProjectNotFound' });
    expect([await gibHours(second), await gibHours(member.project)]).toEqual([10, 0]);
  });
});
