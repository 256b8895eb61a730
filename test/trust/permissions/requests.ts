/** A valid request for each route of the HTTP API. */
import type { Action } from '../../../lib/app/action.ts';
import { actions } from '../../../scripts/actions.ts';
import type { AccountName, ImageName, World } from './world.ts';

export interface Route {
  /** Such as `GET /regions/{region}/images`. */
  readonly name: string;
  readonly action: Action;
}

/** Every route of the HTTP API. */
export const routes: readonly Route[] = (await actions()).flatMap(({ action }) =>
  action.routes.map((name) => ({ name, action })),
);

/** What a request is about. */
export interface Subject {
  readonly image: ImageName;
  /** Whether the resource in the path that isn't an image exists, or belongs to the owner. */
  readonly isOther: boolean;
}

export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
}

type Fields = Readonly<Record<string, unknown>>;

/** The fields of each action besides those in the path. */
const bodies: Readonly<Record<string, (world: World, imageId: string) => Fields>> = {
  ChangeImageShares: ({ principalOf }) => ({ add: [principalOf('stranger')], acknowledgeRisk: true }),
  CopyImage: ({ fixture }) => ({ destinationRegion: fixture.otherRegion }),
  CreateImageFromInstance: () => ({ name: 'new' }),
  ImportImage: () => ({ name: 'new', sizeGiB: 20 }),
  LeaveSharedImages: ({ principalOf }) => ({ owner: principalOf('owner') }),
  PutAccount: () => ({ name: 'new' }),
  PutAddressBookEntry: () => ({ name: 'new' }),
  PutProject: () => ({ name: 'new' }),
  PutPublicImage: () => ({ name: 'new', sizeGiB: 20 }),
  PutShareAcceptance: ({ principalOf }) => ({ from: 'trusted', blockedOwners: [principalOf('former')] }),
  PutTrustedOwners: ({ principalOf }) => ({ owners: [principalOf('recipient')] }),
  ReinstallInstance: (_, imageId) => ({ imageId }),
  ReportImageState: () => ({ state: 'available' }),
  RunInstance: (_, imageId) => ({ imageId }),
  SaveSharedImage: () => ({}),
  SetImageShares: ({ principalOf }) => ({ recipients: [principalOf('stranger')], acknowledgeRisk: true }),
  ShareImage: ({ principalOf }) => ({ recipients: [principalOf('stranger')], acknowledgeRisk: true }),
  StartCopyJob: ({ principalOf, fixture }) => ({
    destinations: [{ region: fixture.otherRegion }],
    recipients: [principalOf('stranger')],
    acknowledgeRisk: true,
  }),
  StopShares: ({ principalOf }) => ({ recipient: principalOf('recipient') }),
  UpdateAccessKey: () => ({ state: 'disabled' }),
  UpdateImage: () => ({ name: 'new' }),
};

/** Query parameters of routes. */
const queries: Readonly<Record<string, (world: World) => Readonly<Record<string, string>>>> = {
  'DELETE /regions/{region}/images/{imageId}/shares': () => ({ all: 'true' }),
  'GET /records': ({ fixture }) => ({ region: fixture.region }),
};

/** The values of the parameters in paths. */
function inPath(world: World, { image, isOther }: Subject, account: AccountName): Readonly<Record<string, string>> {
  const { accounts, keys, fixture } = world;
  const isOwner = account === 'owner';
  return {
    region: fixture.region,
    imageId: world.images[image],
    // The owner stops a share; others leave.
    recipient: world.principalOf(isOwner && image !== 'public' ? 'recipient' : account),
    principalId: accounts.recipient,
    accountId: isOther ? accounts.unknown : accounts.owner,
    projectId: isOther ? `two-${accounts.unknown}` : world.otherProject,
    instanceId: isOther ? world.instances.missing : world.instances.owner,
    keyId: isOther ? `AK${'A'.repeat(24)}` : keys.owner.keyId,
    jobId: isOther ? world.jobs.missing : world.jobs.owner,
  };
}

/** Returns the request of a route by an account. `query`: added parameters. */
export function requestFor(
  { name, action }: Route,
  world: World,
  subject: Subject,
  account: AccountName,
  query: Readonly<Record<string, string>>,
): HttpRequest {
  const values = inPath(world, subject, account);
  const [method = '', template = ''] = name.split(' ');
  const path = template.replaceAll(/\{(\w+)\}/g, (_, field: string) => encodeURIComponent(values[field] as string));
  const parameters = new URLSearchParams({ ...queries[name]?.(world), ...query });
  return {
    method,
    path: `/v1${path}${parameters.size === 0 ? '' : `?${parameters}`}`,
    ...(action.body !== undefined && { body: bodies[action.name]?.(world, world.images[subject.image]) ?? {} }),
  };
}

/** Returns the same request as the fields of its action. */
export function fieldsFor({ name, action }: Route, world: World, subject: Subject, account: AccountName): Fields {
  const values = inPath(world, subject, account);
  const names = [...name.matchAll(/\{(\w+)\}/g)].map(([, field = '']) => field);
  return {
    ...Object.fromEntries(names.map((field) => [field, values[field]])),
    ...queries[name]?.(world),
    ...bodies[action.name]?.(world, world.images[subject.image]),
  };
}
