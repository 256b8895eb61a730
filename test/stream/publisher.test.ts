import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventBridgeClient, type PutEventsCommandInput, type PutEventsCommandOutput } from '@aws-sdk/client-eventbridge';
import type { ImageEvent } from '../../lib/model/events.ts';
import { publishOn, publishTo } from '../../lib/stream/publisher.ts';
import { imageId, noon, principal, region } from '../support/builders.ts';

const anEvent = (sequence: number): ImageEvent => ({
  type: 'ImageShared',
  detail: {
    id: `record-${sequence}`,
    sequence,
    at: noon.toISOString(),
    region: region('ap-guangzhou'),
    imageId: imageId('img-00000001'),
    owner: principal('owner'),
    actor: 'alice',
    requestId: 'request-1',
    recipients: [principal('friend')],
  },
});
const events = (count: number) => Array.from({ length: count }, (_, index) => anEvent(index + 1));

type PutEventsResult = Omit<PutEventsCommandOutput, '$metadata'>;
const success: PutEventsResult = { FailedEntryCount: 0, Entries: [] };

/** A client that returns the given responses in order, and success after that. */
function stubClient(...results: (PutEventsResult | Error)[]) {
  const sentIds: string[][] = [];
  const send = async ({ input }: { input: PutEventsCommandInput }) => {
    sentIds.push((input.Entries ?? []).map(({ Detail = '' }) => JSON.parse(Detail).id));
    const result = results.shift() ?? success;
    if (result instanceof Error) {
      throw result;
    }
    return result;
  };
  return { sentIds, publish: publishOn({ send } as unknown as EventBridgeClient, 'bus-1') };
}

describe('publishOn', () => {
  it.each([
    [0, []],
    [1, [1]],
    [10, [10]],
    [11, [10, 1]],
    [25, [10, 10, 5]],
  ])('sends %i events in calls of %j', async (count, calls) => {
    const { publish, sentIds } = stubClient();
    await publish(events(count));

    expect(sentIds.map(({ length }) => length)).toEqual(calls);
    expect(sentIds.flat()).toEqual(events(count).map(({ detail }) => detail.id));
  });

  it('throws, and sends no more, when the bus rejects an event', async () => {
    const failed = {
      FailedEntryCount: 1,
      Entries: [{ EventId: '1' }, { ErrorCode: 'ThrottlingException', ErrorMessage: 'Slow down' }],
    };
    const { publish, sentIds } = stubClient(success, failed);

    await expect(publish(events(25))).rejects.toThrow('bus-1 did not accept 1 of 10 events: ThrottlingException: Slow down');
    expect(sentIds).toHaveLength(2);
  });

  it('throws when the call fails', async () => {
    const { publish, sentIds } = stubClient(new Error('No such bus'));

    await expect(publish(events(11))).rejects.toThrow('No such bus');
    expect(sentIds).toHaveLength(1);
  });

  describe('with the client of the AWS SDK', () => {
    const received: { target: unknown; body: { Entries: Record<string, unknown>[] } }[] = [];
    let server: Server;
    beforeAll(async () => {
      server = createServer(async (request, response) => {
        const body = JSON.parse(Buffer.concat(await request.toArray()).toString());
        received.push({ target: request.headers['x-amz-target'], body });
        response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(success));
      });
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    });
    afterAll(() => new Promise((closed) => server.close(closed)));

    it('sends bus, source, type, time, and image', async () => {
      const client = new EventBridgeClient({
        endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        region: 'us-east-1',
        credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
      });
      await publishOn(client, 'bus-1')([anEvent(1)]);
      client.destroy();

      expect(received.splice(0)).toEqual([
        {
          target: 'AWSEvents.PutEvents',
          body: {
            Entries: [
              {
                EventBusName: 'bus-1',
                Source: 'image-share',
                DetailType: 'ImageShared',
                Detail: JSON.stringify(anEvent(1).detail),
                Resources: ['image-share:ap-guangzhou/img-00000001'],
                Time: noon.getTime() / 1_000,
              },
            ],
          },
        },
      ]);
    });
  });
});

describe('publishTo', () => {
  it('writes each event as one line of JSON', async () => {
    let written = '';
    await publishTo({
      write(text) {
        written += text;
      },
    })(events(2));

    const lines = written.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(events(2).map(({ type, detail }) => ({ event: type, ...detail })));
  });
});
