import { copyJobView } from '../../lib/rules/copy-jobs.ts';
import { aCopyJob, anImage, noon, noonSeconds, principal, secondsFromNoon, sharedWith } from '../support/builders.ts';

const [h01, h02] = [principal('h01'), principal('h02')];
const image = anImage();
const plannedShares = { job: aCopyJob(), recipients: [h01] };

describe('copyJobView', () => {
  it.each([
    ['running', 'planned', 'pending', { state: 'pending', plannedShares }],
    ['running', 'planned', 'available', { plannedShares }],
    ['succeeded', 'shared', 'available', { recipients: sharedWith([h01]) }],
    ['ended', 'ended', 'deleted', { state: 'deleted', deletedAt: noon, recipients: sharedWith([h01]) }],
    ['failed', 'failed', 'failed', { state: 'failed', stateReason: 'boot check' }],
  ] as const)('is %s while its shares are %s, for a copy that is %s', (state, sharing, copyState, parts) => {
    expect(copyJobView(aCopyJob(), [{ ...image, ...parts }], noon)).toMatchObject({
      state,
      copies: [{ state: copyState, sharing, recipients: [{ recipient: h01, state: sharing }] }],
    });
  });

  it('is running while the shares of one of its copies are planned', () => {
    const job = aCopyJob({ copies: [image, image] });
    const shared = { ...image, recipients: sharedWith([h01]) };

    expect(copyJobView(job, [shared, { ...image, plannedShares }], noon).state).toBe('running');
  });

  it('shows why a copy failed, and only then', () => {
    const [failed] = copyJobView(aCopyJob(), [{ ...image, state: 'failed', stateReason: 'boot check' }], noon).copies;
    const [available] = copyJobView(aCopyJob(), [image], noon).copies;
    const [gone] = copyJobView(aCopyJob(), [undefined], noon).copies;

    expect(failed).toHaveProperty('stateReason', 'boot check');
    expect(available).not.toHaveProperty('stateReason');
    expect(gone).toEqual({
      region: image.region,
      imageId: image.imageId,
      state: 'deleted',
      sharing: 'ended',
      recipients: [{ recipient: h01, state: 'ended' }],
    });
  });

  it('shows for each recipient why a rule refused it', () => {
    const refusals = [h01, h02].map((recipient) => ({
      recipient,
      code: 'RecipientNotFound' as const,
      reason: `no ${recipient}`,
    }));
    const job = aCopyJob({ recipients: [h01, h02], refused: { [image.region]: refusals } });

    expect(copyJobView(job, [image], noon).copies[0]?.recipients).toEqual(
      refusals.map((refused) => ({ ...refused, state: 'failed' })),
    );
  });

  it('shows when the shares expire, if they do', () => {
    expect(copyJobView(aCopyJob(), [image], noon)).not.toHaveProperty('expiresAt');
    expect(copyJobView(aCopyJob({ endsAt: noonSeconds + 60 }), [image], noon)).toHaveProperty(
      'expiresAt',
      secondsFromNoon(60).toISOString(),
    );
  });
});
