/** Makes fixtures of what clients sent: the requests as they came, every change and one question of each kind. */
import { writeFileSync } from 'node:fs';
import type { Client } from './client.ts';
import { actionIn, answerIn, type Fixture, parametersIn } from './fixture.ts';
import type { Key } from './own-service.ts';
import type { Exchange } from './proxy.ts';

interface Recording {
  readonly client: Client;
  readonly version: string;
  readonly key: Key;
  readonly images: Fixture['images'];
  readonly exchanges: readonly Exchange[];
  /** In the order in which they were made. */
  readonly imagesMade: readonly string[];
}

/** Actions on what `STAND_INS=packer` makes up: their IDs are known only to the process that made them. */
const onMadeUp = /Vpc|VSwitch|Subnet|SecurityGroup|KeyPair|Eip|PublicIp/;

export function writeFixture({ client, version, key: { keyId, secret }, images, exchanges, imagesMade }: Recording): void {
  const kept: Exchange[] = [];
  const asked = new Set<string>();
  let changes = 0;
  for (const exchange of exchanges.filter((one) => !onMadeUp.test(actionIn(one)))) {
    const action = actionIn(exchange);
    if (action.startsWith('Describe')) {
      const kind = JSON.stringify([kindOf(exchange), changesWithImages.test(action) ? changes : 0]);
      if (asked.has(kind)) {
        continue;
      }
      asked.add(kind);
    } else {
      changes += 1;
    }
    kept.push(exchange);
  }
  const fixture: Fixture = {
    client: `${version}: ${client.what}`,
    key: { keyId, secret },
    images,
    made: [...imagesMade, ...instancesMade(exchanges)],
    requests: kept.map(({ at, method, path, headers, body, ...answer }) => ({
      at,
      method,
      path,
      headers: Object.fromEntries(headers),
      body,
      answer: answerIn(answer),
    })),
  };
  writeFileSync(new URL(`fixtures/${client.name}.json`, import.meta.url), `${JSON.stringify(fixture, null, 2)}\n`);
}

/** What these answer depends on the changes before, so that they are kept once between two changes. Others are kept once. */
const changesWithImages = /^Describe(Images|Instances|ImageSharePermission)$/;

/** Two questions are of one kind where action, names of parameters, and what kind of answer they got are the same. */
function kindOf(exchange: Exchange): string {
  const names = Object.keys(parametersIn(exchange)).map((name) => name.replace(/\.\d+/g, '.N'));
  return JSON.stringify([exchange.method, actionIn(exchange), [...new Set(names)].sort(), answerIn(exchange)]);
}

const instancesMade = (exchanges: readonly Exchange[]): string[] =>
  exchanges
    .filter((exchange) => /^(CreateInstance|RunInstances|CreateUHostInstance)$/.test(actionIn(exchange)))
    .flatMap(({ response }) => response.match(/\b(i|ins|uhost)-[a-z0-9]+/g) ?? []);
