import type { Outcome } from '../../../lib/table/store.ts';
import type { Invoke } from '../../../local/http-api.ts';
import { fixtureOf, noon, type PolicyFixture } from '../../support/builders.ts';
import { InMemoryService } from '../../support/in-memory-service.ts';
import { host, inProcess } from '../../support/in-process.ts';
import { MemoryStore } from '../../support/memory-store/memory-store.ts';
import { callersOf } from './callers.ts';
import type { Place } from './matrix.ts';
import { recording } from './recording-store.ts';
import type { SdkPlace } from './sdk-matrix.ts';
import { createIssuer } from './tokens.ts';
import { createWorld } from './world.ts';

const firstAccount = 100_000_000_001;

/** The functions in this process, on a store in memory, with a world of its own. */
export async function startInMemory(fixture: PolicyFixture): Promise<Place & { readonly invoke: Invoke }> {
  const { store, takeCalls } = recording(new MemoryStore());
  const service = new InMemoryService(store, { at: noon });
  const world = await createWorld(service, fixture, firstAccount, (seconds) => service.passSeconds(seconds));
  const issuer = await createIssuer();
  const { fetch, invoke } = inProcess(service, undefined, undefined, issuer.verifyToken);
  return { world, callers: await callersOf(world, issuer), fetch, invoke, takeCalls };
}

/** The SDK protocols in this process. No call changes the world, so that they can all be made in the same one. */
export async function startSdksInMemory(policy: string): Promise<SdkPlace> {
  const fixture = fixtureOf(policy);
  const memory = new ForgetfulStore();
  const { store, takeCalls } = recording(memory);
  const service = new InMemoryService(store, { at: noon });
  const pass = (seconds: number) => service.passSeconds(seconds);
  const worlds = {
    standard: await createWorld(service, fixture, firstAccount, pass),
    lighthouse: await createWorld(
      service,
      fixture,
      firstAccount + 100,
      pass,
      policy === 'tencent' ? { product: 'lightweight' } : {},
    ),
  };
  memory.forget();
  return { worlds, fetch: inProcess(service).fetch, host, at: service.now(), takeCalls };
}

/** A store that stores nothing from the moment that it is told to forget, but says that it did. */
class ForgetfulStore extends MemoryStore {
  #forgets = false;

  forget(): void {
    this.#forgets = true;
  }

  override async commit(steps: Parameters<MemoryStore['commit']>[0]): Promise<Outcome> {
    return this.#forgets ? { committed: true } : super.commit(steps);
  }
}
