/** A service in memory. It runs actions as the HTTP stack would, without HTTP. */
import { isDeepStrictEqual } from 'node:util';
import type * as z from 'zod';
import type { Action } from '../../lib/app/action.ts';
import { type Context, contextOf } from '../../lib/app/context.ts';
import {
  type BackgroundDependencies,
  backgroundDependenciesOf,
  type Dependencies,
  type GeneratedAccessKey,
} from '../../lib/app/dependencies.ts';
import type { RetryBudget } from '../../lib/app/retry.ts';
import type { Caller, Scope } from '../../lib/auth/caller.ts';
import { type DataKeys, secretsWith } from '../../lib/auth/sealing.ts';
import { type CleanUpResult, runCleanUp } from '../../lib/maintenance/clean-up.ts';
import { ActionError } from '../../lib/model/error.ts';
import type { AccessKeyId, PrincipalId, Region } from '../../lib/model/ids.ts';
import type { Image } from '../../lib/model/image.ts';
import type { Instance } from '../../lib/model/instance.ts';
import type { Step } from '../../lib/model/plan.ts';
import type { Counted, PrincipalKind } from '../../lib/model/principal.ts';
import type { ChangeRecord } from '../../lib/model/record.ts';
import { sharesFor } from '../../lib/rules/share-items.ts';
import { type Outcome, type Store, type Stored, usedOf } from '../../lib/table/store.ts';
import { createAccounts } from './accounts.ts';
import { noon, principal, regions } from './builders.ts';
import { requireDeclared } from './declared-codes.ts';
import { MemoryStore } from './memory-store/memory-store.ts';

/** A budget that never waits and is exhausted after `attempts` uses. */
export const noWaitBudget = (attempts = 1_000): RetryBudget => {
  let remaining = attempts;
  return { remainingMs: () => (remaining-- > 0 ? 60_000 : 0), wait: async () => {}, random: () => 0.5 };
};

/** A memory store in which something else can happen between a call's decision and its commit. */
export class InterruptibleStore extends MemoryStore {
  readonly #interruptions: (() => Promise<unknown>)[] = [];

  /** Runs the interruption once, before the next commit that has none yet. If it throws, that commit throws. */
  beforeNextCommit(interruption: () => Promise<unknown>): void {
    this.#interruptions.push(interruption);
  }

  override async commit(steps: readonly Step[]): Promise<Outcome> {
    await this.#interruptions.shift()?.();
    return super.commit(steps);
  }
}

export interface CallOptions {
  readonly as?: string;
  /** The user within the account. */
  readonly subject?: string;
  /** The project that the caller's token is bound to. */
  readonly tokenProject?: string;
  /** The project that the request names. */
  readonly project?: string;
  readonly scopes?: readonly Scope[];
  readonly isDryRun?: boolean;
  readonly key?: string;
  /** The revisions in the request's If-Match. */
  readonly revisionsSeen?: readonly number[];
  readonly budget?: RetryBudget;
}

/** A single data key, not wrapped by any key. */
const memoryDataKeys: DataKeys = {
  current: async () => ({ plain: new Uint8Array(32), wrapped: 'memory' }),
  unwrap: async () => new Uint8Array(32),
};

export class InMemoryService implements Dependencies {
  readonly store: Store;
  readonly regions = regions;
  readonly #clock: { at: Date };
  #ids = 0;

  constructor(store: Store = new MemoryStore(), clock = { at: noon }) {
    this.store = store;
    this.#clock = clock;
  }

  readonly now = (): Date => this.#clock.at;
  readonly newRecordId = (at: Date): string => {
    this.#ids += 1;
    const hex = at.getTime().toString(16).padStart(12, '0');
    return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${String(this.#ids).padStart(12, '0')}`;
  };
  readonly newResourceId = ({ prefix, length }: { prefix: string; length: number }): string => {
    this.#ids += 1;
    return `${prefix}${this.#ids.toString(36).padStart(length, '0')}`;
  };
  readonly secrets = secretsWith(() => memoryDataKeys);
  readonly newAccessKey = (): GeneratedAccessKey => {
    this.#ids += 1;
    const number = String(this.#ids);
    return { keyId: `AK${number.padStart(24, '0')}` as AccessKeyId, secret: `s${number.padStart(39, '0')}` };
  };

  passSeconds(seconds: number): void {
    this.#clock.at = new Date(this.#clock.at.getTime() + seconds * 1_000);
  }

  /** Runs an action as the account `as`. The fields are unparsed, as on the wire. */
  async call<Response extends z.ZodType>(
    action: Runnable<Response>,
    fields: Readonly<Record<string, unknown>>,
    options: CallOptions = {},
  ): Promise<z.output<Response>> {
    const {
      as = 'owner',
      subject = as,
      tokenProject,
      project,
      scopes = ['tenant'],
      isDryRun = false,
      key,
      revisionsSeen,
      budget = noWaitBudget(),
    } = options;
    const caller: Caller = {
      subject,
      account: principal(as),
      ...(tokenProject !== undefined && { project: principal(tokenProject) }),
      scopes: new Set(scopes),
    };
    const request = requestOf(action, fields);
    const context = contextOf(this, {
      action: action.name,
      caller,
      requestId: 'request-1',
      from: '192.0.2.1',
      project: project === undefined ? undefined : principal(project),
      isDryRun,
      revisionsSeen,
      idempotency: key === undefined ? undefined : { key, request },
      budget,
    });
    const result = await action.run(request as never, context);
    return (action.response === undefined || isDryRun ? result : action.response.parse(result)) as z.output<Response>;
  }

  /** Creates open accounts, each with a project `org-ACCOUNT` as its default. */
  async createAccounts(...accounts: readonly (string | PrincipalId)[]): Promise<this> {
    const created = accounts.map((id) => ({ account: principal(id), project: principal(`org-${id}`), projectName: id }));
    await createAccounts(this.store, created, this.now());
    return this;
  }

  /** Stores images as calls would have left them: counted for their owners, with one share item per recipient. */
  async putImages(...images: readonly Image[]): Promise<this> {
    for (const image of images) {
      const { region, owner, createdAt: sharedAt, recipients } = image;
      await this.commit([
        { do: 'create-image', image },
        { do: 'count', what: 'images', region, principal: owner, by: 1 },
        ...sharesFor(image, recipients, { at: sharedAt, actor: owner, recordId: 'record-0' }).map(
          (share): Step => ({ do: 'put-share', share }),
        ),
      ]);
    }
    return this;
  }

  /** Stores public images as the operator's calls would have left them. */
  async putPublicImages(...images: readonly Image[]): Promise<this> {
    for (const image of images) {
      await this.commit([{ do: 'create-image', image }]);
    }
    return this;
  }

  /** Stores instances as calls would have left them: counted for their principals. */
  async putInstances(...instances: readonly Instance[]): Promise<this> {
    for (const instance of instances) {
      const { region, principal: owner } = instance;
      await this.commit([
        { do: 'create-instance', instance },
        { do: 'count', what: 'instances', region, principal: owner, by: 1 },
      ]);
    }
    return this;
  }

  /** Returns the number of images or instances counted for a principal. */
  async usedCount(what: Counted, region: Region, owner: PrincipalId): Promise<number> {
    const key = { what, region, principal: owner };
    return usedOf(await this.store.read({ counts: [key] }), key);
  }

  /** Sets the image count of a principal, without creating images. */
  async setImageCount(region: Region, owner: PrincipalId, count: number): Promise<void> {
    await this.commit([{ do: 'correct-count', what: 'images', region, principal: owner, seenChanges: 0, used: count }]);
  }

  /** Returns everything in the store except records and idempotency records. */
  async contents(): Promise<Stored[]> {
    const contents: Stored[] = [];
    for await (const stored of this.store.everything()) {
      contents.push(stored);
    }
    return contents;
  }

  /** The same, plus the records of every account and project. */
  async contentsAndRecords(): Promise<unknown[]> {
    const contents = await this.contents();
    const records = contents.flatMap((stored) => {
      switch (stored.of) {
        case 'account':
          return this.recordsOf(stored.account.accountId, 'account');
        case 'project':
          return this.recordsOf(stored.project.projectId, 'project');
        default:
          return [];
      }
    });
    return [contents, await Promise.all(records)];
  }

  /** Returns what a call is refused with. Throws if the call is not refused, or if it wrote something anyway. */
  async refusalOf(
    action: Runnable<z.ZodType>,
    fields: Readonly<Record<string, unknown>>,
    options: CallOptions = {},
  ): Promise<unknown> {
    const before = await this.contentsAndRecords();
    const refusal = await this.call(action, fields, options).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (refusal === undefined) {
      throw new Error(`${action.name} is not refused`);
    }
    if (refusal instanceof ActionError) {
      requireDeclared(action, { code: refusal.code, rule: refusal.details.rule });
    }
    if (!isDeepStrictEqual(await this.contentsAndRecords(), before)) {
      throw new Error(`${action.name} is refused, but wrote something`);
    }
    return refusal;
  }

  /** Closes an account that `createAccounts` created, and its project. */
  async close(account: string): Promise<void> {
    const [accountId, projectId] = [principal(account), principal(`org-${account}`)];
    await this.commit([
      { do: 'close-project', projectId },
      { do: 'remove-project', accountId, projectId, wasDefault: true },
    ]);
    const accessKeys = (await this.store.read({ accounts: [accountId] })).accounts.get(accountId)?.accessKeys ?? [];
    await this.commit([
      { do: 'close-account', accountId, accessKeys },
      ...accessKeys.map((keyId): Step => ({ do: 'remove-access-key', accountId, keyId })),
    ]);
  }

  /** Returns the records in the principal's list, newest first. */
  async recordsOf(id: PrincipalId, kind: PrincipalKind = 'account'): Promise<readonly ChangeRecord[]> {
    const { entries } = await this.store.records({ principal: id, kind }, {}, { limit: 1_000 });
    return entries;
  }

  cleanUpDeps(budget: RetryBudget = noWaitBudget()): BackgroundDependencies {
    return backgroundDependenciesOf(this, 'clean-up-1', budget);
  }

  /** Runs the clean-up as the schedule does. */
  cleanUp(budget?: RetryBudget): Promise<CleanUpResult> {
    return runCleanUp(this.cleanUpDeps(budget));
  }

  async commit(steps: readonly Step[]): Promise<void> {
    const outcome = await this.store.commit(steps);
    if (!outcome.committed) {
      throw new Error(`The conditions of the test's own steps do not hold: ${JSON.stringify(steps)}`);
    }
  }
}

/** An action, whatever its request. */
export type Runnable<Response extends z.ZodType> = Omit<Action<z.ZodObject, z.ZodObject, z.ZodObject, Response>, 'run'> & {
  run(request: never, context: Context): Promise<unknown>;
};

/** Parses the fields with the action's path, query, and body schemas, as the HTTP stack does. */
function requestOf(
  { path, query, body }: Pick<Action, 'path' | 'query' | 'body'>,
  fields: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const isInPath = (name: string): boolean => Object.hasOwn(path.shape, name) && !Array.isArray(fields[name]);
  const parse = (schema: z.ZodObject | undefined, isIncluded = (_: string) => true) =>
    schema?.parse(
      Object.fromEntries(Object.entries(fields).filter(([name]) => Object.hasOwn(schema.shape, name) && isIncluded(name))),
    );
  return { ...parse(path, isInPath), ...parse(query, (name) => !isInPath(name)), ...parse(body) };
}
