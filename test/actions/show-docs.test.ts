import { handler } from '../../functions/show-docs.ts';
import { eventTypes } from '../../lib/model/events.ts';

const pageNamed = async (page: string) => {
  const answer = await handler({ pathParameters: { page }, headers: {} } as never, { awsRequestId: 'request-1' } as never);
  const { headers = {}, body = '', statusCode } = answer as { headers?: object; body?: string; statusCode: number };
  return { statusCode, headers, text: Buffer.from(body, 'base64').toString() };
};

describe('handler', () => {
  it('returns the schemas of all events', async () => {
    const { statusCode, headers, text } = await pageNamed('events.json');

    expect({ statusCode, headers }).toMatchObject({ statusCode: 200, headers: { 'content-type': 'application/json' } });
    expect(Object.keys(JSON.parse(text).$defs)).toEqual(expect.arrayContaining(Object.values(eventTypes)));
  });

  it('returns 404 for an unknown page', async () => {
    expect(await pageNamed('events')).toMatchObject({ statusCode: 404 });
  });
});
