/** A request for every route of the HTTP API that has an effect or finds something, and the clean-up. For the checks with faults. */
import { getCopyJob } from '../../functions/get-copy-job.ts';
import { setImageShares } from '../../functions/set-image-shares.ts';
import type { Policy } from '../../lib/model/policy.ts';
import { principal } from '../support/builders.ts';
import type { CallOptions, InMemoryService } from '../support/in-memory-service.ts';
import { fieldsFor, type Route, routes } from './permissions/requests.ts';
import { rows } from './permissions/table.ts';
import type { AccountName, ImageName, World } from './permissions/world.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Where the work is done. */
export interface Scene {
  readonly service: InMemoryService;
  readonly world: World;
}

/** Something that the service does. */
export interface Work {
  readonly name: string;
  /** Whether a caller can repeat it with an Idempotency-Key. */
  readonly isRepeatable: boolean;
  /** Whether it must change the table if nothing fails. */
  readonly changes: (policy: Policy) => boolean;
  /** Whether it consists of several transactions, so that it can be interrupted between them. */
  readonly isLong: boolean;
  /** Creates what the work is about. Returns what does it, on any view of the service. */
  readonly prepare: (scene: Scene) => Promise<Run>;
}

export type Run = (view: InMemoryService, options: CallOptions) => Promise<unknown>;

interface Special {
  readonly account?: AccountName;
  readonly image?: ImageName;
  readonly isLong?: boolean;
  /** Where it changes something that is stored. Default: everywhere, unless the action only reads. */
  readonly changes?: (policy: Policy) => boolean;
  /** Returns fields that replace others. */
  readonly prepare?: (scene: Scene) => Promise<Fields>;
}

const laterSeconds = 901;

/** By action. The others are called by the owner, on the image that is shared. */
const special: Readonly<Record<string, Special>> = {
  CloseAccount: {
    isLong: true,
    /** An account without projects that an image is shared with, if images are shared with accounts. */
    async prepare({ service, world: { fixture, images, accounts, principalOf } }) {
      const [accountId, projectId] = [accounts.stranger, principal(`org-${accounts.stranger}`)];
      const { region } = fixture;
      if (fixture.policy.principalKind === 'account') {
        await service.call(
          setImageShares,
          { region, imageId: images.private, recipients: [principalOf('stranger')], acknowledgeRisk: true },
          { as: accounts.owner },
        );
      }
      await service.commit([
        { do: 'close-project', projectId },
        { do: 'remove-project', accountId, projectId, wasDefault: true },
      ]);
      return { accountId };
    },
  },
  CloseProject: { isLong: true },
  CheckImageAccess: { account: 'recipient' },
  DeleteImage: { image: 'private', isLong: true },
  DeletePublicImage: { image: 'public' },
  LeaveSharedImages: { account: 'recipient', isLong: true, changes: ({ recipientMayLeave }) => recipientMayLeave },
  PutPublicImage: { image: 'public' },
  ReinitializeInstance: { changes: () => false },
  ReportImageState: {
    /** A copy that will be shared when it is available. */
    async prepare({ service, world: { fixture, jobs, accounts } }) {
      const { copies } = await service.call(getCopyJob, { region: fixture.region, jobId: jobs.owner }, { as: accounts.owner });
      return { region: fixture.otherRegion, imageId: copies[0]?.imageId };
    },
  },
  RunInstance: { account: 'recipient' },
  SaveSharedImage: { account: 'recipient' },
  StartCopyJob: { isLong: true },
  StopShares: { isLong: true },
};

const cleanUp: Work = {
  name: 'the clean-up',
  isRepeatable: true,
  changes: () => true,
  isLong: true,
  async prepare({ service }) {
    service.passSeconds(laterSeconds);
    return async (view, { budget }) => {
      const { failed, isFinished } = await view.cleanUp(budget);
      return { complete: isFinished, failed };
    };
  },
};

/** Everything that the service does. A route of a new action is part of it. */
export const allWorks: readonly Work[] = [cleanUp, ...routes.map(workOf)];

function workOf(route: Route): Work {
  const { action, name } = route;
  const {
    account = 'owner',
    image = 'shared',
    isLong = false,
    changes = () => true,
    prepare = async () => ({}),
  } = special[action.name] ?? {};
  const [scope = 'tenant'] = rows.get(name)?.scopes ?? [];
  return {
    name,
    isRepeatable: action.changes,
    changes: (policy) => action.changes && changes(policy),
    isLong,
    async prepare(scene) {
      const { world } = scene;
      const as = { as: scope === 'tenant' ? world.accounts[account] : scope, scopes: [scope] };
      const fields = { ...fieldsFor(route, world, { image, isOther: false }, account), ...(await prepare(scene)) };
      return (view, options) => view.call(action, textsIn(action.query.shape, fields), { ...as, ...options });
    },
  };
}

const textsIn = (query: object, fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, name in query && !Array.isArray(value) ? String(value) : value]),
  );
