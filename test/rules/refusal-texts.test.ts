/** The texts of refusals that depend on the facts. */
import { ActionError } from '../../lib/model/error.ts';
import { recipientsToCancel } from '../../lib/rules/cancel-shares.ts';
import { planCloseAccount } from '../../lib/rules/close-principals.ts';
import { whyNotDeletable } from '../../lib/rules/delete-image.ts';
import { whyNotSavable } from '../../lib/rules/save-image.ts';
import { whyNotShareable } from '../../lib/rules/sharing-rules.ts';
import { requireOwned } from '../../lib/rules/visibility.ts';
import {
  anImage,
  anImageIn,
  anInstance,
  aPublicImageIn,
  fixtureOf,
  noon,
  principal,
  principals,
  sharedWith,
  thrownBy,
} from '../support/builders.ts';

const tencent = fixtureOf('tencent');
const image = anImageIn(tencent);
const [owner, friend] = [tencent.principalOf('owner'), principal('friend')];

const withDisks = (...disksGiB: number[]) => whyNotShareable(anImageIn(tencent, { disksGiB }), tencent.policy, 0, noon);
const withRecipients = (count: number) =>
  whyNotDeletable(anImageIn(tencent, { recipients: sharedWith(principals(count)) }), tencent.policy, noon);
const closing = (images: number, instances: number, projects: number) =>
  thrownBy(() =>
    planCloseAccount(
      owner,
      {
        account: { accountId: owner, name: 'Acme', state: 'open', createdAt: noon, openProjects: projects },
        holdings: {
          images: Array.from({ length: images }, () => anImage()),
          instances: Array.from({ length: instances }, () => anInstance()),
          projects: principals(projects),
        },
        regions: [],
      },
      noon,
    ),
  );
const updating = (target: typeof image) => thrownBy(() => requireOwned('update', target, target, friend, noon));

it.each<[string, () => unknown]>([
  ['contains 1 data disk, and', () => withDisks(20, 40)],
  ['contains 2 data disks, and', () => withDisks(20, 40, 40)],
  ['is shared with 1 recipient and', () => withRecipients(1)],
  ['is shared with 2 recipients and', () => withRecipients(2)],
  ['still owns 1 image, 0 instances, 2 open projects', () => closing(1, 0, 2)],
  ['still owns 2 images, 1 instance, 1 open project', () => closing(2, 1, 1)],
  ['is already shared with 50 recipients, which is the sharing limit', () => whyNotShareable(image, tencent.policy, 50, noon)],
  [
    "isn't available because it couldn't be created",
    () => whyNotShareable(anImageIn(tencent, { state: 'failed', origin: 'copy' }), tencent.policy, 0, noon),
  ],
  ['You already own image', () => whyNotSavable(image, 'owned', tencent.policy)],
  ['is public', () => whyNotSavable(image, 'public', tencent.policy)],
  ['specify recipient=ID or all=true', () => thrownBy(() => recipientsToCancel({}))],
  ['in only one way', () => thrownBy(() => recipientsToCancel({ recipient: friend, all: true }))],
  ['is public', () => updating(aPublicImageIn(tencent))],
  [`The image owner is ${owner}`, () => updating(anImageIn(tencent, { recipients: sharedWith([friend]) }))],
])('a refusal says "%s"', (text, refused) => {
  const refusal = refused();

  expect(refusal instanceof ActionError && refusal.message).toContain(text);
});
