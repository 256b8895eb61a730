/** Makes every call of the clouds' SDKs with every kind of access key, and compares how they end. */
import type { Key } from '../../sdk/keys.ts';
import { sendSigned } from '../../sdk/wire-request.ts';
import type { Fetch } from '../../support/client.ts';
import { relationTo } from './callers.ts';
import { leaksIn, type Result, withoutIds } from './responses.ts';
import type { SdkCall, SdkCloud, SdkSubject } from './sdk-requests.ts';
import { type invalidKeys, type SdkRow, sdkTable } from './table.ts';
import { type ImageName, imageNames, type World } from './world.ts';

/** The SDK protocols of a service with a world. */
export interface SdkPlace {
  /** `lighthouse` has images of Lighthouse. */
  readonly worlds: Readonly<Record<'standard' | 'lighthouse', World>>;
  readonly fetch: Fetch;
  readonly host: string;
  readonly at: Date;
  readonly takeCalls: () => string[];
}

/** Who signs a call: an account, or nobody who can. */
type Signer =
  | { readonly invalid: (typeof invalidKeys)[number]; readonly key: Key }
  | { readonly account: 'owner' | 'recipient' | 'former' | 'stranger'; readonly project?: 'other'; readonly key: Key };

const accounts = ['owner', 'recipient', 'former', 'stranger'] as const;

function signersOf({ keys }: World): readonly Signer[] {
  const [first, ...rest] = keys.owner.secret;
  const { disabled, deleted, owner } = keys;
  return [
    { invalid: 'unknown', key: { ...owner, keyId: `AK${'A'.repeat(24)}` } },
    { invalid: 'disabled', key: disabled },
    { invalid: 'deleted', key: deleted },
    { invalid: 'forged', key: { ...owner, secret: [first === 'a' ? 'b' : 'a', ...rest].join('') } },
    { invalid: 'expired', key: owner },
    ...accounts.map((account) => ({ account, key: keys[account] })),
    { account: 'owner', project: 'other', key: owner },
  ];
}

/** Makes all calls of a cloud. Returns their number, and what was wrong with some of them. */
export async function checkSdkPermissions(cloud: SdkCloud, place: SdkPlace): Promise<Result> {
  const { keys, actions } = sdkTable[cloud.name] as (typeof sdkTable)[string];
  const names = Object.keys(cloud.actions);
  const violations = [
    ...names.filter((name) => actions[name] === undefined).map((name) => `${name} is missing in sdk-permissions.yaml`),
    ...Object.keys(actions)
      .filter((name) => !names.includes(name))
      .map((name) => `${name} in sdk-permissions.yaml is not an action`),
  ];
  let rounds = 0;
  for (const action of names) {
    const row = actions[action] ?? { own: 'yes' };
    const world = place.worlds[action.includes('Blueprint') ? 'lighthouse' : 'standard'];
    for (const signer of signersOf(world)) {
      const unseen = new Map<string, string>();
      for (const { image, isOther } of subjectsOf(row, signer)) {
        const column = 'invalid' in signer ? undefined : columnOf(row, signer, image, isOther, world);
        const expected = 'invalid' in signer ? keys[signer.invalid] : column && (row[column] ?? row.own);
        if (expected === undefined) {
          continue;
        }
        const subject = {
          world,
          imageId: world.images[image],
          instanceId: isOther ? world.instances.missing : world.instances.owner,
        };
        const made = await makeCall(cloud, place, action, signer, subject);
        rounds += 1;
        const name = `${cloud.name} ${action}, ${JSON.stringify({ ...signer, key: undefined })}, ${isOther ? 'missing' : image}`;
        violations.push(
          ...whatIsWrong(made, expected, signer, isAboutImage(row) ? subject.imageId : subject.instanceId, world).map(
            (text) => `${name}: ${text}`,
          ),
        );
        if (column === 'other') {
          unseen.set(withoutIds([made.seen], world), name);
        }
      }
      if (unseen.size > 1) {
        violations.push(
          `These calls differ, so they tell what exists: ${[...unseen].map(([text, name]) => `\n${name}: ${text}`)}`,
        );
      }
    }
  }
  return { rounds, violations };
}

const isAboutImage = ({ received }: SdkRow): boolean => received !== undefined;

function subjectsOf(row: SdkRow, signer: Signer): readonly { image: ImageName; isOther: boolean }[] {
  if ('invalid' in signer) {
    return [{ image: 'private', isOther: false }];
  }
  if (isAboutImage(row)) {
    return imageNames.map((image) => ({ image, isOther: false }));
  }
  return [false, ...(row.other === undefined ? [] : [true])].map((isOther) => ({ image: 'public', isOther }));
}

function columnOf(
  row: SdkRow,
  signer: Exclude<Signer, { invalid: unknown }>,
  image: ImageName,
  isOther: boolean,
  { fixture: { policy } }: World,
): keyof SdkRow {
  if (isAboutImage(row)) {
    return relationTo(image, signer, policy.principalKind);
  }
  const isOwn = relationTo('private', signer, policy.principalKind) === 'own';
  return row.other !== undefined && (isOther || !isOwn) ? 'other' : 'own';
}

interface Made {
  readonly code: string | undefined;
  readonly text: string;
  readonly parameters: SdkCall['parameters'];
  readonly storeCalls: readonly string[];
  /** What its caller and the store see. */
  readonly seen: string;
}

const hourMs = 3_600_000;

async function makeCall(
  cloud: SdkCloud,
  { fetch, host, at, takeCalls }: SdkPlace,
  action: string,
  signer: Signer,
  subject: SdkSubject,
): Promise<Made> {
  const { fixture, otherProject } = subject.world;
  const parameters = cloud.parameters[action]?.(subject) ?? {};
  const request = cloud.sign({
    action,
    parameters,
    key: signer.key,
    region: fixture.region,
    host,
    at: 'invalid' in signer && signer.invalid === 'expired' ? new Date(at.getTime() - hourMs) : at,
    ...('project' in signer && { project: otherProject }),
  });
  takeCalls();
  const response = await sendSigned(request, fetch);
  const text = await response.text();
  const { status, headers } = response;
  const requestId = headers.get('x-request-id') ?? '';
  const storeCalls = takeCalls().filter((call) => !isOfSignature.test(call));
  return {
    code: cloud.errorCodeOf({ status, headers, text }),
    text,
    parameters,
    storeCalls,
    seen: [status, text.replaceAll(new RegExp(requestId, 'gi'), ''), ...storeCalls].join(' '),
  };
}

/** The key, its use, and the nonce. */
const isOfSignature = /^(?:accessKey|recordKeyUse|recordNonce) |^commit \[\[\{"do":"put-idempotency-record"[^\]]*\]\]$/;

function whatIsWrong(
  { code, text, parameters, storeCalls }: Made,
  expected: string,
  signer: Signer,
  id: string,
  world: World,
): string[] {
  // Without the prefix, because IDs of disks, snapshots, and tasks are derived from it.
  const isListed = text.includes(id.slice(id.indexOf('-')));
  const endings: Readonly<Record<string, boolean>> = {
    yes: code === undefined,
    listed: code === undefined && isListed,
    hidden: code === undefined && !isListed,
  };
  const isExpected = endings[expected] ?? code === expected;
  const writes = code === undefined ? [] : storeCalls.filter((call) => call.startsWith('commit '));
  return [
    ...(isExpected ? [] : [`expected ${expected}, but got ${code} ${text.slice(0, 300)}`]),
    ...('invalid' in signer && storeCalls.length > 0 ? [`read something first: ${storeCalls}`] : []),
    ...writes.map((call) => `wrote something: ${call}`),
    ...('invalid' in signer ? [] : leaksIn({ path: '', body: parameters }, text, signer, world)).map((leak) => `reveals ${leak}`),
  ];
}
