/** Random signed calls of the clouds' SDKs: valid ones in which some parameters are replaced, or the request is changed. */
import type { WireRequest } from '../../../lib/sdk/wire.ts';
import type { SdkCloud } from '../permissions/sdk-requests.ts';
import { imageNames, type World } from '../permissions/world.ts';
import type { Random } from './random.ts';
import { anyValue, texts } from './values.ts';

export interface RandomCall {
  readonly action: string;
  readonly request: WireRequest;
  /** Whether the request was changed after it was signed, so that it must be refused. */
  readonly isTampered: boolean;
}

export function randomCall(random: Random, cloud: SdkCloud, world: World, { host, at }: { host: string; at: Date }): RandomCall {
  const action = random.of(Object.keys(cloud.actions));
  const { imageId, instanceId } = { imageId: world.images[random.of(imageNames)], instanceId: world.instances.owner };
  const valid = cloud.parameters[action]?.({ world, imageId, instanceId }) ?? {};
  const names = [...Object.keys(cloud.actions[action]?.parameters.shape ?? {}), '__proto__', 'constructor', 'a.0', 'Tag.1.Key'];
  // Forms and queries have only texts.
  const isForm = cloud.policy === 'alibaba' || cloud.name.includes('2.0');
  const value = () => (isForm || random.once(2) ? random.of(texts).toWellFormed() : anyValue(random));
  const replaced = Object.fromEntries(random.some(random.some(names)).map((name) => [name, value()]));
  const request = cloud.sign({
    action: random.once(30) ? `${action.split(' ')[0]} ${random.of(['constructor', 'Nothing', ''])}` : action,
    parameters: random.once(4) ? valid : { ...valid, ...replaced },
    key: world.keys.owner,
    region: random.once(20) ? random.of(['', 'nowhere', 'constructor']) : world.fixture.region,
    host,
    at,
  });
  const isTampered = random.once(8);
  return { action, request: isTampered ? tampered(request) : request, isTampered };
}

/** The same request with another parameter. */
function tampered(request: WireRequest): WireRequest {
  const text = request.body.toString();
  if (text.startsWith('{')) {
    return { ...request, body: Buffer.from(text.replace(/\}$/, `${text === '{}' ? '' : ','}"Added":"1"}`)) };
  }
  return text === '' ? { ...request, query: `${request.query}&Added=1` } : { ...request, body: Buffer.from(`${text}&Added=1`) };
}
