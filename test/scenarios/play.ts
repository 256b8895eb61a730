/** Runs a scenario on a target under a policy. */
import type { Action } from '../../lib/app/action.ts';
import type { ImageId, PrincipalId } from '../../lib/model/ids.ts';
import { addressBookEntriesMax } from '../../lib/model/limits.ts';
import type { Step as PlanStep } from '../../lib/model/plan.ts';
import { namesOf } from '../../lib/rules/recipients.ts';
import { countName } from '../../lib/table/store.ts';
import { actions } from '../../scripts/actions.ts';
import { createAccounts } from '../support/accounts.ts';
import { fixtureOf, noon, type PolicyFixture, policyFixtures, principal } from '../support/builders.ts';
import { eventually, freshId } from '../support/client.ts';
import { mismatches, partAt } from './expectation.ts';
import { msOf, Names } from './names.ts';
import type { Call, Given, Scenario, Step } from './scenario.ts';
import type { CallOptions, Outcome, Target } from './target.ts';

const actionsByName = new Map((await actions()).map(({ action }) => [action.name, action]));

/** Sets up the given state and runs every step. Throws the differences and the step they are in. */
export async function play(scenario: Scenario, policyName: string, target: Target): Promise<void> {
  const run = new Run(fixtureOf(policyName), target);
  await run.setUp(scenario.given);
  for (const [index, step] of scenario.steps.entries()) {
    const differences = await run.runStep(step);
    if (differences.length > 0) {
      throw new Error(`Step ${index + 1}, ${JSON.stringify(step)}:\n${differences.join('\n')}`);
    }
  }
}

type Fields = Readonly<Record<string, unknown>>;

class Run {
  readonly #fixture: PolicyFixture;
  readonly #target: Target;
  readonly #names: Names;
  #now = noon;

  constructor(fixture: PolicyFixture, target: Target) {
    this.#fixture = fixture;
    this.#target = target;
    target.setClock(noon);
    this.#names = new Names(() => this.#now);
    const { region, otherRegion, policy } = fixture;
    const foreignRegion = policyFixtures.find((other) => other.policy !== policy)?.region;
    const values = {
      region,
      otherRegion,
      foreignRegion,
      cap: policy.recipientsPerImageMax,
      quota: policy.imagesPerPrincipalMax,
    };
    for (const [name, value] of Object.entries(values)) {
      this.#names.set(name, value);
    }
  }

  /** Creates what the scenario starts with. */
  async setUp({ accounts, unknown, projects, images, publicImages, imagesLeft, addressBookLeft }: Given): Promise<void> {
    for (const name of [...accounts, ...unknown]) {
      this.#nameAccount(name);
    }
    await createAccounts(
      this.#target.store,
      accounts.map((name) => ({
        account: principal(this.#names.text(`${name}.account`)),
        project: principal(this.#names.text(`${name}.project`)),
      })),
    );
    for (const [name, account] of Object.entries(projects)) {
      this.#names.set(name, freshId('org-'));
      const [accountId, projectId] = [this.#names.text(`${account}.account`), this.#names.text(name)];
      await this.#setUpCall('operator', 'PutProject', { accountId, projectId, name });
    }
    for (const [name, { owner, sharedWith, inOtherRegion, ...details }] of Object.entries(images)) {
      const region = inOtherRegion ? this.#fixture.otherRegion : this.#fixture.region;
      const { imageId } = (await this.#setUpCall(owner, 'ImportImage', { region, name, ...details })) as { imageId: string };
      this.#names.set(name, imageId);
      if (sharedWith.length > 0) {
        const recipients = sharedWith.map((recipient) => this.#names.text(recipient));
        await this.#setUpCall(owner, 'ShareImage', { region, imageId, recipients, acknowledgeRisk: true });
      }
    }
    for (const name of publicImages) {
      const imageId = freshId('public-');
      this.#names.set(name, imageId);
      await this.#setUpCall('operator', 'PutPublicImage', { imageId, name, sizeGiB: 20 });
    }
    for (const [name, remaining] of Object.entries(imagesLeft)) {
      await this.#setRemainingQuota(this.#names.text(name) as PrincipalId, remaining);
    }
    for (const [name, remaining] of Object.entries(addressBookLeft)) {
      const accountId = principal(this.#names.text(`${name}.account`));
      await this.#commit([{ do: 'correct-address-book-count', accountId, seen: 0, entries: addressBookEntriesMax - remaining }]);
    }
  }

  /** Runs a step and returns what was not as expected. */
  async runStep(step: Step): Promise<string[]> {
    if ('advance' in step) {
      this.#now = new Date(this.#now.getTime() + msOf(step.advance));
      this.#target.setClock(this.#now);
      return [];
    }
    if ('cleanUp' in step) {
      await this.#target.cleanUp();
      return [];
    }
    if ('stored' in step) {
      const { of, ...expected } = this.#names.resolve(step.stored) as { of: ImageId; entries: string[]; items: string[] };
      const stored = await this.#storedShares(of);
      return mismatches({ entries: expected.entries.toSorted(), items: expected.items.toSorted() }, stored);
    }
    return this.#call(step);
  }

  async #call(step: Call): Promise<string[]> {
    const send = () => this.#send(step.as, step.call, step);
    const expected = this.#names.resolve(step.refused ?? step.returns ?? step.eventually);
    const compare = (outcome: Outcome): string[] => {
      if ('problem' in outcome !== (step.refused !== undefined)) {
        return [`Unexpected outcome: ${JSON.stringify(outcome)}`];
      }
      return expected === undefined ? [] : mismatches(expected, 'problem' in outcome ? outcome.problem : outcome.response);
    };
    const outcome =
      step.eventually === undefined ? await send() : await eventually(send, (candidate) => compare(candidate).length === 0);
    const differences = compare(outcome);
    if (differences.length === 0) {
      for (const [name, path] of Object.entries(step.save)) {
        this.#names.set(name, partAt(path, 'problem' in outcome ? outcome.problem : outcome.response));
      }
    }
    return differences;
  }

  /** Makes a call. Adds the default region if every route of the action has one. */
  async #send(
    as: string,
    name: string,
    options: { with: Fields; project?: string | null | undefined; dryRun?: true | undefined },
  ) {
    const action = actionsByName.get(name);
    if (action === undefined) {
      throw new Error(`There is no action ${name}`);
    }
    const fields = this.#names.resolve(options.with) as Fields;
    const request = {
      ...(action.routes.every((route) => route.includes('{region}')) && { region: this.#fixture.region }),
      ...fields,
    };
    requireKnownFields(action, request);
    const project = typeof options.project === 'string' ? this.#names.text(options.project) : options.project;
    return this.#target.call(action, request, { ...this.#optionsFor(as, project), isDryRun: options.dryRun ?? false });
  }

  /** Makes a setup call, which must succeed. */
  async #setUpCall(as: string, name: string, fields: Fields): Promise<unknown> {
    const outcome = await this.#send(as, name, { with: fields });
    if ('problem' in outcome) {
      throw new Error(`The given state cannot be set up: ${name} is refused with ${JSON.stringify(outcome.problem)}`);
    }
    return outcome.response;
  }

  #optionsFor(as: string, project: string | null | undefined): CallOptions {
    if (as === 'compute' || as === 'operator') {
      return { account: as, scope: as };
    }
    const usesProjects = this.#fixture.policy.principalKind === 'project';
    const ownProject = usesProjects ? this.#names.text(`${as}.project`) : undefined;
    return {
      account: this.#names.text(`${as}.account`),
      project: project === undefined ? ownProject : (project ?? undefined),
      scope: 'tenant',
    };
  }

  #nameAccount(name: string): void {
    const [account, project] = [freshId(), freshId('org-')];
    this.#names.set(`${name}.account`, account);
    this.#names.set(`${name}.project`, project);
    this.#names.set(name, this.#fixture.policy.principalKind === 'account' ? account : project);
  }

  /** Sets a principal's image count so that only `remaining` more images fit into its quota. */
  async #setRemainingQuota(owner: PrincipalId, remaining: number): Promise<void> {
    const { region, policy } = this.#fixture;
    const key = { what: 'images', region, principal: owner } as const;
    const { counts } = await this.#target.store.read({ counts: [key] });
    const seenChanges = counts.get(countName(key))?.changes ?? 0;
    const used = policy.imagesPerPrincipalMax - remaining;
    await this.#commit([{ do: 'correct-count', ...key, seenChanges, used }]);
  }

  async #commit(steps: readonly PlanStep[]): Promise<void> {
    const { committed } = await this.#target.store.commit(steps);
    if (!committed) {
      throw new Error(`The given state cannot be set up: ${JSON.stringify(steps)} are refused`);
    }
  }

  async #storedShares(imageId: ImageId): Promise<{ entries: string[]; items: string[] }> {
    const key = { region: this.#fixture.region, imageId };
    const [image, shares] = await Promise.all([this.#target.store.image(key), this.#target.store.sharesOf(key)]);
    return { entries: namesOf(image?.recipients ?? {}), items: shares.map(({ recipient }) => recipient as string).sort() };
  }
}

/** Throws for fields that the action does not have: without HTTP, they would be ignored. */
function requireKnownFields({ name, path, query, body }: Action, fields: Fields): void {
  const knownFields = new Set([path, query, body].flatMap((part) => Object.keys(part?.shape ?? {})));
  const unknown = Object.keys(fields).filter((field) => !knownFields.has(field));
  if (unknown.length > 0) {
    throw new Error(`${name} has no ${unknown.join(', ')}`);
  }
}
