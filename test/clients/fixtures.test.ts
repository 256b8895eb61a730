/**
 * What real clients sent once, byte for byte, sent to the service in this process at the time when they sent it. The service
 * has STAND_INS=packer: Packer also creates, starts, and stops an instance.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createAccessKey } from '../../functions/create-access-key.ts';
import { importImage } from '../../functions/import-image.ts';
import { listImages } from '../../functions/list-images.ts';
import { reportImageState } from '../../functions/report-image-state.ts';
import { AccessKeyId } from '../../lib/model/ids.ts';
import { policies } from '../../lib/policies/policies.ts';
import { demoAccounts } from '../../local/demo-accounts.ts';
import { cloudsWithStandIns } from '../../local/stand-ins/clouds.ts';
import { principal, regions } from '../support/builders.ts';
import { type Api, createClients } from '../support/client.ts';
import { InMemoryService } from '../support/in-memory-service.ts';
import { inProcess } from '../support/in-process.ts';
import { MemoryStore } from '../support/memory-store/memory-store.ts';
import { actionIn, answerIn, type Fixture } from './fixture.ts';

const folder = new URL('fixtures/', import.meta.url);
const fixtures = readdirSync(folder).map((file): [string, Fixture] => [
  file.replace(/\.json$/, ''),
  JSON.parse(readFileSync(new URL(file, folder), 'utf8')),
]);

const owner = demoAccounts[0].accountId;

/** A service that has the fixture's key and images, and gives new images and instances the IDs that the requests name. */
class FixtureService extends InMemoryService {
  readonly #ids: string[];
  readonly #fixture: Fixture;

  constructor(fixture: Fixture, clock: { at: Date }) {
    super(new MemoryStore(), clock);
    this.#fixture = fixture;
    this.#ids = [...fixture.images.map(({ imageId }) => imageId), ...fixture.made];
  }

  override readonly newResourceId = ({ prefix }: { readonly prefix: string }): string => {
    const at = this.#ids.findIndex((id) => id.startsWith(prefix));
    const [id] = at === -1 ? [] : this.#ids.splice(at, 1);
    if (id === undefined) {
      throw new Error(`The fixture has no further ID with ${prefix}`);
    }
    return id;
  };
  override readonly newAccessKey = () => {
    const { keyId, secret } = this.#fixture.key;
    return { keyId: AccessKeyId.parse(keyId), secret };
  };
}

/** Reports all images that are being made, as the compute platform does while clients ask again and again. */
async function finishImages(member: Api, compute: Api): Promise<void> {
  for (const region of regions.keys()) {
    const { images } = await member.ok(listImages, { region, scope: 'owned', limit: 100 });
    for (const { imageId, state } of images) {
      if (state === 'pending' || state === 'copying') {
        await compute.ok(reportImageState, { region, imageId, state: 'available' });
      }
    }
  }
}

describe.each(fixtures)('%s', (_, fixture) => {
  it(`gets the same kinds of answers (${fixture.client})`, async () => {
    const clock = { at: new Date(fixture.requests[0]?.at ?? '') };
    const transport = inProcess(new FixtureService(fixture, clock), new Set(Object.keys(policies)), cloudsWithStandIns);
    const { apiOf, compute } = createClients(transport);
    await transport.createAccounts(
      demoAccounts.map(({ accountId, projects: [project] }) => ({ account: principal(accountId), project: principal(project) })),
    );
    const member = apiOf({ account: owner });
    await member.ok(createAccessKey);
    for (const { region } of fixture.images) {
      await member.ok(importImage, { region, name: 'base', sizeGiB: 20, os: 'Debian 12' });
    }

    const answers = [];
    for (const { at, method, path, headers, body } of fixture.requests) {
      clock.at = new Date(at);
      const action = actionIn({ path, headers, body });
      if (action === 'DescribeImages' || action === 'DescribeImage') {
        await finishImages(member, compute());
      }
      const answer = await transport.fetch(path, { method, headers, ...(body !== '' && { body }) });
      const type = answer.headers.get('content-type') ?? '';
      answers.push({ action, answer: answerIn({ status: answer.status, type, response: await answer.text() }) });
    }

    expect(answers).toEqual(fixture.requests.map((request) => ({ action: actionIn(request), answer: request.answer })));
  });
});
