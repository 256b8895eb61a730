/** The requests of the calls that change something, and the answers in their responses. */
import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { changeImageShares } from '../../functions/change-image-shares.ts';
import { copyImage } from '../../functions/copy-image.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { importImage } from '../../functions/import-image.ts';
import { putShareAcceptance } from '../../functions/put-share-acceptance.ts';
import { reportImageState } from '../../functions/report-image-state.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { saveSharedImage } from '../../functions/save-shared-image.ts';
import { setImageShares } from '../../functions/set-image-shares.ts';
import { shareImage } from '../../functions/share-image.ts';
import { startCopyJob } from '../../functions/start-copy-job.ts';
import { stopShares } from '../../functions/stop-shares.ts';
import { updateImage } from '../../functions/update-image.ts';
import type { Adding, Answer, Call, Reading } from './call.ts';
import type { TestRequest } from './calls.ts';
import type { Fields, Names } from './names.ts';
import { jobIn } from './read-requests.ts';

type Writing = Exclude<Call, Reading | { do: 'pass' | 'clean-up' }>;

export function requestToChange(call: Writing, names: Names): TestRequest {
  const image = 'image' in call ? names.image(call.image) : undefined;
  const request = (action: TestRequest['action'], fields: Fields, answerOf: TestRequest['answerOf'] = () => ({})) => ({
    action,
    fields: { ...image, ...fields },
    answerOf,
  });
  const created = (response: Fields) => ({ created: names.numberOfImage(response), state: response['state'] });
  const stopped = ({ cancelled }: Fields) => ({ stopped: names.names(cancelled) });
  switch (call.do) {
    case 'import':
      return request(importImage, { region: names.regionOf(0), name: 'image', sizeGiB: 1, state: call.state }, created);
    case 'copy':
      return request(copyImage, { destinationRegion: names.regionOf(call.region) }, created);
    case 'save':
      return request(saveSharedImage, {}, created);
    case 'start-job': {
      const destinations = call.regions.map((region) => ({ region: names.regionOf(region) }));
      const recipients = names.principals(call.to);
      return request(startCopyJob, { destinations, recipients, ...sharing(call, names) }, (job) => jobIn(job, names));
    }
    case 'share':
    case 'set': {
      const action = call.do === 'share' ? shareImage : setImageShares;
      return request(action, { ...sharing(call, names), recipients: names.principals(call.to) }, (shares) =>
        changesIn(shares, names),
      );
    }
    case 'change': {
      const [add, remove] = [names.principals(call.to), names.principals(call.remove)];
      return request(changeImageShares, { ...sharing(call, names), add, remove }, (shares) => changesIn(shares, names));
    }
    case 'stop':
      return request(cancelImageShares, { recipient: names.principals(call.remove) }, stopped);
    case 'stop-all':
      return request(cancelImageShares, { all: 'true' }, stopped);
    case 'leave':
      return request(cancelImageShares, { recipient: names.principals([call.by])[0] }, stopped);
    case 'delete':
      return request(deleteImage, {});
    case 'deprecate':
      return request(updateImage, { deprecated: call.deprecated });
    case 'report':
      return request(reportImageState, { state: call.state });
    case 'launch':
      return request(runInstance, {});
    case 'offboard':
      return request(
        stopShares,
        { recipient: names.principals([call.recipient])[0], regions: call.regions.map(names.regionOf) },
        ({ stopped: images, repeated }) => ({
          stopped: (images as Fields[]).map(names.numberOfImage).sort(),
          ...(repeated === true && { repeated }),
        }),
      );
    case 'accept':
      return request(putShareAcceptance, {
        ...names.acting(call.by),
        from: call.from,
        blockedOwners: names.principals(call.blocked),
      });
  }
}

function sharing({ ends, acknowledges }: Adding, names: Names): Fields {
  const expiresAt = ends == null ? ends : names.time(ends);
  return { acknowledgeRisk: acknowledges, ...(expiresAt !== undefined && { expiresAt }) };
}

const changesIn = ({ added, rescheduled, removed = [], used }: Fields, names: Names): Answer => ({
  added: names.names(added),
  rescheduled: names.names(rescheduled),
  removed: names.names(removed),
  used,
});
