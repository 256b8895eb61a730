/** Starts services for the checks, with small limits, so that a few calls reach them. */
import { ActionError } from '../../lib/model/error.ts';
import type { Store } from '../../lib/table/store.ts';
import { noon, type PolicyFixture } from '../support/builders.ts';
import { type CallOptions, InMemoryService } from '../support/in-memory-service.ts';
import { accounts, type TestedService } from './calls.ts';
import type { Cloud } from './model/state.ts';

/** The fixture with small limits. */
export const withSmallLimits = (fixture: PolicyFixture): PolicyFixture => ({
  ...fixture,
  policy: { ...fixture.policy, recipientsPerImageMax: 2, imagesPerPrincipalMax: 3 },
});

/** What the model knows about the fixture's cloud. */
export const cloudOf = ({ policy }: PolicyFixture): Cloud => ({
  cap: policy.recipientsPerImageMax,
  quota: policy.imagesPerPrincipalMax,
  mustAcknowledge: policy.riskAcknowledgement === 'required',
  mayShareUnfinished: policy.pendingMayBeShared,
  mayDeprecateShared: policy.ownerMayDeprecateWhileShared,
  mayLeave: policy.recipientMayLeave,
  deletesShared: policy.deleteWhileShared === 'withdraw',
});

/** A service whose actions run in this process. */
export interface InThisProcess {
  readonly tested: TestedService;
  /** The same service on another view of its store. Time passes there only after `turn`. */
  readonly withStore: (store: Store, turn: () => Promise<void>) => TestedService;
  /** The same service on another view of its store. `around` makes each call, and chooses its options. */
  readonly withCalls: (store: Store, around: Around) => TestedService;
  readonly service: InMemoryService;
}

/** Makes a call, perhaps several times, and returns its response. Throws its refusal. */
export type Around = (call: (options: CallOptions) => Promise<unknown>) => Promise<unknown>;

/** Starts a service on a store, in this process. */
export async function startOn({ region, otherRegion, policy, principalOf }: PolicyFixture, store: Store): Promise<InThisProcess> {
  const clock = { at: noon };
  const service = new InMemoryService(store, clock);
  Object.assign(service, { regions: new Map([region, otherRegion].map((name) => [name, policy])) });
  await service.createAccounts(...accounts);
  const viewOf = (store: Store) => Object.assign(Object.create(service) as InMemoryService, { store });
  const tested = (view: InMemoryService, turn = async () => {}, around: Around = (call) => call({})): TestedService => ({
    startedAt: noon,
    principalOf,
    async pass(seconds) {
      await turn();
      service.passSeconds(seconds);
    },
    async cleanUp() {
      const { failed } = await view.cleanUp();
      if (failed.length > 0) {
        throw new Error('The clean-up failed', { cause: failed });
      }
    },
    async send(action, { project, ...fields }, account) {
      const request = Object.entries(fields).map(([name, value]) => [name, name in action.query.shape ? asText(value) : value]);
      const caller =
        account === undefined
          ? { as: 'platform', scopes: ['compute'] as const }
          : { as: account, ...(project !== undefined && { project }) };
      try {
        const response = await around((options) => view.call(action, Object.fromEntries(request), { ...caller, ...options }));
        return (response ?? {}) as Record<string, unknown>;
      } catch (error) {
        if (error instanceof ActionError) {
          return error.code;
        }
        throw error;
      }
    },
  });
  return {
    service,
    tested: tested(service),
    withStore: (view, turn) => tested(viewOf(view), turn),
    withCalls: (view, around) => tested(viewOf(view), undefined, around),
  };
}

const asText = (value: unknown): unknown => (Array.isArray(value) ? value : String(value));
