/** Runs a scenario on a target under a policy. */
import type { Action } from '../../lib/app/action.ts';
import type { ImageId, PrincipalId } from '../../lib/model/ids.ts';
import type { Step as PlanStep } from '../../lib/model/plan.ts';
import { namesOf } from '../../lib/rules/recipients.ts';
import { countName } from '../../lib/table/store.ts';
import { actions } from '../../scripts/actions.ts';
import { makeKnown } from '../support/accounts.ts';
import { noon, type Place, placeOf, places, principal } from '../support/builders.ts';
import { eventually, freshId } from '../support/client.ts';
import { mismatches, partAt } from './expectation.ts';
import { msOf, Names } from './names.ts';
import type { Call, Given, Scenario, Step } from './scenario.ts';
import type { Calling, Outcome, Target } from './target.ts';

const actionsByName = new Map((await actions()).map(({ action }) => [action.name, action]));

/** Sets up the given state and runs every step. Throws the differences and the step they are in. */
export async function play(scenario: Scenario, policyName: string, target: Target): Promise<void> {
  const run = new Run(placeOf(policyName), target);
  await run.make(scenario.given);
  for (const [at, step] of scenario.steps.entries()) {
    const wrong = await run.take(step);
    if (wrong.length > 0) {
      throw new Error(`Step ${at + 1}, ${JSON.stringify(step)}:\n${wrong.join('\n')}`);
    }
  }
}

type Fields = Readonly<Record<string, unknown>>;

class Run {
  readonly #place: Place;
  readonly #target: Target;
  readonly #names: Names;
  #now = noon;

  constructor(place: Place, target: Target) {
    this.#place = place;
    this.#target = target;
    target.setClock(noon);
    this.#names = new Names(() => this.#now);
    const { region, elsewhere, policy } = place;
    const foreignRegion = places.find((other) => other.policy !== policy)?.region;
    const known = { region, otherRegion: elsewhere, foreignRegion, cap: policy.recipientsPerImageMax, quota: policy.imagesPerPrincipalMax };
    for (const [name, value] of Object.entries(known)) {
      this.#names.set(name, value);
    }
  }

  /** Creates what the scenario starts with. */
  async make({ accounts, unknown, projects, images, publicImages, imagesLeft }: Given): Promise<void> {
    for (const name of [...accounts, ...unknown]) {
      this.#nameAccount(name);
    }
    await makeKnown(
      this.#target.store,
      accounts.map((name) => ({
        account: principal(this.#names.text(`${name}.account`)),
        project: principal(this.#names.text(`${name}.project`)),
      })),
    );
    for (const [name, account] of Object.entries(projects)) {
      this.#names.set(name, freshId('org-'));
      const [accountId, projectId] = [this.#names.text(`${account}.account`), this.#names.text(name)];
      await this.#must('operator', 'PutProject', { accountId, projectId, name });
    }
    for (const [name, { owner, sharedWith, inOtherRegion, ...details }] of Object.entries(images)) {
      const region = inOtherRegion ? this.#place.elsewhere : this.#place.region;
      const { imageId } = (await this.#must(owner, 'ImportImage', { region, name, ...details })) as { imageId: string };
      this.#names.set(name, imageId);
      if (sharedWith.length > 0) {
        const recipients = sharedWith.map((recipient) => this.#names.text(recipient));
        await this.#must(owner, 'ShareImage', { region, imageId, recipients, acknowledgeRisk: true });
      }
    }
    for (const name of publicImages) {
      const imageId = freshId('public-');
      this.#names.set(name, imageId);
      await this.#must('operator', 'PutPublicImage', { imageId, name, sizeGiB: 20 });
    }
    for (const [name, left] of Object.entries(imagesLeft)) {
      await this.#leaveRoom(this.#names.text(name) as PrincipalId, left);
    }
  }

  /** Runs a step and returns what was not as expected. */
  async take(step: Step): Promise<string[]> {
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
      const { of, ...expected } = this.#names.resolved(step.stored) as { of: ImageId; entries: string[]; items: string[] };
      const remaining = await this.#remaining(of);
      return mismatches({ entries: expected.entries.toSorted(), items: expected.items.toSorted() }, remaining);
    }
    return this.#call(step);
  }

  async #call(step: Call): Promise<string[]> {
    const ask = () => this.#ask(step.as, step.call, step);
    const expected = this.#names.resolved(step.refused ?? step.returns ?? step.eventually);
    const judged = (outcome: Outcome): string[] => {
      if ('problem' in outcome !== (step.refused !== undefined)) {
        return [`Unexpected outcome: ${JSON.stringify(outcome)}`];
      }
      return expected === undefined ? [] : mismatches(expected, 'problem' in outcome ? outcome.problem : outcome.answer);
    };
    const outcome = step.eventually === undefined ? await ask() : await eventually(ask, (one) => judged(one).length === 0);
    const wrong = judged(outcome);
    if (wrong.length === 0) {
      for (const [name, path] of Object.entries(step.save)) {
        this.#names.set(name, partAt(path, 'problem' in outcome ? outcome.problem : outcome.answer));
      }
    }
    return wrong;
  }

  /** Makes a call. Adds the default region if the action's path has one. */
  async #ask(as: string, name: string, asked: { with: Fields; project?: string | undefined; dryRun?: true | undefined }) {
    const action = actionsByName.get(name);
    if (action === undefined) {
      throw new Error(`There is no action ${name}`);
    }
    const fields = this.#names.resolved(asked.with) as Fields;
    const all = { ...('region' in action.path.shape && { region: this.#place.region }), ...fields };
    requireKnown(action, all);
    const project = asked.project === undefined ? undefined : this.#names.text(asked.project);
    return this.#target.call(action, all, { ...this.#calling(as, project), isDryRun: asked.dryRun ?? false });
  }

  /** Makes a setup call, which must succeed. */
  async #must(as: string, name: string, fields: Fields): Promise<unknown> {
    const outcome = await this.#ask(as, name, { with: fields });
    if ('problem' in outcome) {
      throw new Error(`The given state cannot be set up: ${name} is refused with ${JSON.stringify(outcome.problem)}`);
    }
    return outcome.answer;
  }

  #calling(as: string, project: string | undefined): Calling {
    if (as === 'compute' || as === 'operator') {
      return { account: as, scope: as };
    }
    const isByProject = this.#place.policy.principalKind === 'project';
    const own = isByProject ? this.#names.text(`${as}.project`) : undefined;
    return { account: this.#names.text(`${as}.account`), project: project ?? own, scope: 'tenant' };
  }

  #nameAccount(name: string): void {
    const [account, project] = [freshId(), freshId('org-')];
    this.#names.set(`${name}.account`, account);
    this.#names.set(`${name}.project`, project);
    this.#names.set(name, this.#place.policy.principalKind === 'account' ? account : project);
  }

  /** Sets a principal's image count so that only `left` more images fit into its quota. */
  async #leaveRoom(owner: PrincipalId, left: number): Promise<void> {
    const { region, policy } = this.#place;
    const key = { what: 'images', region, principal: owner } as const;
    const { counts } = await this.#target.store.read({ counts: [key] });
    const seenChanges = counts.get(countName(key))?.changes ?? 0;
    const used = policy.imagesPerPrincipalMax - left;
    await this.#commit([{ do: 'correct-count', ...key, seenChanges, used }]);
  }

  async #commit(steps: readonly PlanStep[]): Promise<void> {
    const { committed } = await this.#target.store.commit(steps);
    if (!committed) {
      throw new Error(`The given state cannot be set up: ${JSON.stringify(steps)} are refused`);
    }
  }

  async #remaining(imageId: ImageId): Promise<{ entries: string[]; items: string[] }> {
    const key = { region: this.#place.region, imageId };
    const [image, shares] = await Promise.all([this.#target.store.image(key), this.#target.store.sharesOf(key)]);
    return { entries: namesOf(image?.recipients ?? {}), items: shares.map(({ recipient }) => recipient as string).sort() };
  }
}

/** Throws for fields that the action does not have: without HTTP, they would be ignored. */
function requireKnown({ name, path, query, body }: Action, fields: Fields): void {
  const known = new Set([path, query, body].flatMap((part) => Object.keys(part?.shape ?? {})));
  const unknown = Object.keys(fields).filter((field) => !known.has(field));
  if (unknown.length > 0) {
    throw new Error(`${name} has no ${unknown.join(', ')}`);
  }
}
