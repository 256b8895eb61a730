/** The commands that the console shows for a change do the same as the request of the HTTP API. */
import { execFileSync } from 'node:child_process';
import type { CommandLine } from '../../console/src/api-call/command-lines/command-line.ts';
import { commandLines } from '../../console/src/api-call/command-lines/command-lines.ts';
import { commandsOf } from '../../console/src/api-call/command-lines/commands.ts';
import type { HttpCall } from '../../console/src/api-call/preview.ts';
import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { changeImageShares } from '../../functions/change-image-shares.ts';
import { copyImage } from '../../functions/copy-image.ts';
import { createImageFromInstance } from '../../functions/create-image-from-instance.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { importImage } from '../../functions/import-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { listImages } from '../../functions/list-images.ts';
import { listInstances } from '../../functions/list-instances.ts';
import { reinitializeInstance } from '../../functions/reinitialize-instance.ts';
import { reinstallInstance } from '../../functions/reinstall-instance.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { saveSharedImage } from '../../functions/save-shared-image.ts';
import { sdkActions } from '../../functions/sdk.ts';
import { shareImage } from '../../functions/share-image.ts';
import { terminateInstance } from '../../functions/terminate-instance.ts';
import { updateImage } from '../../functions/update-image.ts';
import { noon, type PolicyFixture, policyFixtures, secondsFromNoon } from '../support/builders.ts';
import { anImageOf, type Callable, type Fields, freshId, launch, type Member, requestOf, share } from '../support/client.ts';
import { clock, fetchInProcess, freshMembers, host } from '../support/in-process.ts';
import { inSeconds, v3Request } from './alibaba/signing.ts';
import { sent } from './alibaba/wire-request.ts';
import { type Key, keyOf } from './keys.ts';
import { productVersions } from './tencent/actions.ts';
import { request, send } from './tencent/wire-request.ts';
import { Client } from './ucloud/client.ts';

const service = new URL(`https://${host}`);

/** The arguments of a command, as a shell passes them. */
const argumentsOf = (command: string): string[] => {
  const print = Object.values(commandLines).map((cli) => `${cli?.program}() { printf '%s\\0' "$@"; };`);
  return execFileSync('sh', ['-c', `${print.join(' ')} ${command}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);
};

/** Options by name, as `--name value` or `--name=value`. */
function optionsIn(words: readonly string[]): Record<string, string> {
  const options: Record<string, string> = {};
  for (let index = 0; index < words.length; index += 1) {
    const [, name = '', , value] = /^--([^=]+)(=(.*))?$/s.exec(words[index] ?? '') ?? [];
    index += value === undefined ? 1 : 0;
    options[name] = value ?? words[index] ?? '';
  }
  return options;
}

/** Parameters that aren't texts. Source: the definitions of the actions in tccli. */
const jsonParameters = ['AccountIds', 'ImageIds', 'InstanceIds', 'DestinationRegions', 'TagSpecification', 'ImageDeprecated'];

/** Makes the request that the program of a cloud makes for its arguments. Throws if it is refused. */
const programs: Readonly<Record<string, (words: readonly string[], key: Key) => Promise<void>>> = {
  async tencent([product, action = '', ...words], key) {
    const { endpoint, region = '', ...options } = optionsIn(words);
    expect(endpoint).toBe(host);
    const parameters = Object.entries(options).map(([name, value]) => [
      name,
      jsonParameters.includes(name) ? JSON.parse(value) : value,
    ]);
    const version = productVersions[product as keyof typeof productVersions];
    const body = JSON.stringify(Object.fromEntries(parameters));
    const { Response } = (await send(request({ version, action, region, body }, key))).body;
    expect(Response.Error).toBeUndefined();
  },
  async alibaba([product, action = '', ...words], key) {
    expect(product).toBe('ecs');
    const { endpoint, ...parameters } = optionsIn(words);
    expect(endpoint).toBe(host);
    const { fields } = await sent(
      v3Request({ key, host, action, parameters, date: inSeconds(noon), nonce: freshId() }),
      fetchInProcess,
    );
    expect(fields.Code).toBeUndefined();
  },
  async ucloud([command, ...words], key) {
    expect(command).toBe('api');
    const { Action = '', ...parameters } = optionsIn(words);
    expect(parameters['base-url']).toBe(`${service.origin}/`);
    await new Client(fetchInProcess, key).ok(Action, parameters);
  },
};

/** An owner with an image, an image that is shared with it, an instance, and others. */
async function aWorld({ policy, region, otherRegion }: PolicyFixture) {
  const [owner, sharer, ...others] = (await freshMembers(14)) as [Member, Member, ...Member[]];
  const recipients = others.map((other) => other.principalIn(policy));
  const image = await anImageOf(owner, region, { name: 'web', tags: { stage: 'live' } });
  const second = await anImageOf(owner, region, { name: 'second' });
  const received = await anImageOf(sharer, region, { name: 'received' });
  await share(sharer, received, [owner.principalIn(policy)]);
  await share(owner, second, recipients.slice(0, 2));
  const { instanceId } = await launch(owner, received);
  return {
    owner,
    recipients,
    region,
    otherRegion,
    image: image.imageId,
    second: second.imageId,
    received: received.imageId,
    instance: instanceId,
    /** What the change of a world can affect, without what differs between worlds. */
    async state() {
      const read = async (name: string) => {
        const { images } = await owner.ok(listImages, { region: name, scope: 'all' });
        const { instances } = await owner.ok(listInstances, { region: name });
        const nameOf = (id: string) => images.find(({ imageId }) => imageId === id)?.name;
        return {
          images: await Promise.all(
            images
              .filter(({ visibility }) => visibility !== 'public')
              .map(
                async ({
                  imageId,
                  visibility,
                  state,
                  description,
                  tags,
                  products,
                  os,
                  architecture,
                  disksGiB,
                  origin,
                  ...one
                }) => ({
                  ...{ name: one.name, visibility, state, description, tags, products, os, architecture, disksGiB, origin },
                  recipients:
                    visibility === 'owned' &&
                    (await owner.ok(listImageShares, { region: name, imageId })).shares
                      .map(({ recipient }) => recipients.indexOf(recipient))
                      .sort(),
                }),
              ),
          ),
          instances: instances.map(({ imageId, product }) => [nameOf(imageId), product]),
        };
      };
      const { shares } = await sharer.ok(listImageShares, { region, imageId: received.imageId });
      return { here: await read(region), there: await read(otherRegion), lastUsedAt: shares[0]?.lastUsedAt };
    },
  };
}
type World = Awaited<ReturnType<typeof aWorld>>;

/** Needs quotes in a shell, and looks like an option. */
const oddText = `-x "it's" $(id) \`id\` \\ a=b: 测试`;

type Change = readonly [Callable, (world: World) => Fields];

const changes: Readonly<Record<string, Change>> = {
  'shares with more than one call allows': [shareImage as Callable, ({ recipients }) => ({ recipients })],
  'adds and removes recipients': [
    changeImageShares as Callable,
    ({ recipients, second: imageId }) => ({ imageId, add: recipients.slice(2, 5), remove: recipients.slice(0, 1) }),
  ],
  'only removes recipients': [
    changeImageShares as Callable,
    ({ recipients, second: imageId }) => ({ imageId, add: [], remove: recipients.slice(0, 1) }),
  ],
  'stops sharing': [
    cancelImageShares as Callable,
    ({ recipients, second: imageId }) => ({ imageId, recipient: recipients.slice(0, 2) }),
  ],
  'edits name and description': [updateImage as Callable, () => ({ name: oddText, description: oddText })],
  deprecates: [updateImage as Callable, () => ({ deprecated: true })],
  deletes: [deleteImage as Callable, () => ({})],
  copies: [copyImage as Callable, ({ otherRegion }) => ({ destinationRegion: otherRegion, name: oddText })],
  saves: [saveSharedImage as Callable, ({ received: imageId }) => ({ imageId, name: 'saved' })],
  launches: [runInstance as Callable, () => ({ product: 'standard' })],
  reinstalls: [reinstallInstance as Callable, ({ second: imageId }) => ({ imageId })],
  reinitializes: [reinitializeInstance as Callable, () => ({})],
  terminates: [terminateInstance as Callable, () => ({})],
  'creates an image from an instance': [createImageFromInstance as Callable, () => ({ name: 'made', description: oddText })],
};

const imported = { name: 'new', description: '', os: 'Debian', architecture: 'x86_64', product: 'standard', encryption: 'none' };
const none = { disks: [], tags: {} };

/** Changes that are possible with only some clouds. */
const changesOf: Readonly<Record<string, Readonly<Record<string, Change>>>> = {
  tencent: {
    ...changes,
    imports: [
      importImage as Callable,
      () => ({ ...imported, ...none, architecture: 'arm64', description: oddText, sizeGiB: 50, tags: { a: 'b', c: '' } }),
    ],
    'edits products': [updateImage as Callable, () => ({ name: 'renamed', products: ['standard', 'lightweight'] })],
  },
  alibaba: {
    ...changes,
    imports: [
      importImage as Callable,
      () => ({ ...imported, sizeGiB: 77, disks: [{ sizeGiB: 100 }, { sizeGiB: 200 }], tags: { a: 'b', c: 'd' } }),
    ],
  },
  ucloud: {
    ...Object.fromEntries(Object.entries(changes).filter(([, [action]]) => action !== updateImage)),
    imports: [importImage as Callable, () => ({ ...imported, ...none, sizeGiB: 20 })],
  },
};

const commandLineOf = (policy: string): CommandLine => {
  const found = commandLines[policy];
  if (found === undefined) {
    throw new Error(`There is no command line for ${policy}`);
  }
  return found;
};

/** A call of the HTTP API, as the console shows it. */
function callOf(action: Callable, fields: Fields, headers: HttpCall['headers'] = []): HttpCall {
  const { method, path, body } = requestOf(action, fields);
  return { method, url: service.origin + path, headers, body: body === undefined ? '' : JSON.stringify(body) };
}

/** Of all fields, those that the action has. */
const fieldsFor = ({ path, body, query }: Callable, fields: Fields): Fields => {
  const names = [path, body, query].flatMap((schema) => Object.keys(schema?.shape ?? {}));
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
};

afterEach(() => {
  clock.at = noon;
});

describe.each(policyFixtures)('commands for $name', (fixture) => {
  const { name, policy, region } = fixture;
  const cli = commandLineOf(name);

  it.each(Object.entries(changesOf[name] ?? {}))('%s like the HTTP API', async (_, [action, fieldsOf]) => {
    const [byHttp, byCommand] = [await aWorld(fixture), await aWorld(fixture)];
    const before = await byHttp.state();
    // The last use of a share is updated at most once a minute.
    clock.at = secondsFromNoon(90);
    const callIn = (world: World) =>
      fieldsFor(action, {
        ...{ region, imageId: world.image, instanceId: world.instance, acknowledgeRisk: true },
        ...(policy.principalKind === 'project' && { project: world.owner.project }),
        ...fieldsOf(world),
      });

    await byHttp.owner.ok(action, callIn(byHttp));
    const { commands, ...rest } = commandsOf([callOf(action, callIn(byCommand))], cli, service);
    const key = await keyOf(byCommand.owner);
    for (const command of commands) {
      await programs[name]?.(argumentsOf(command), key);
    }

    expect(rest).toMatchObject({ hasNoCall: false, missing: [] });
    const after = await byHttp.state();
    expect(await byCommand.state()).toEqual(after);
    expect(after).not.toEqual(before);
  });

  it('has commands for all changes that the SDKs make', () => {
    const made = Object.values(sdkActions).filter(({ changes: isChange }) => isChange);
    const shown = new Set(Object.values(changesOf[name] ?? {}).map(([action]) => action.name));
    const missing = made.map((action) => action.name).filter((one) => !shown.has(one));
    expect(missing.filter((one) => one !== 'RunInstances')).toEqual(name === 'ucloud' ? ['UpdateImage'] : []);
  });
});
