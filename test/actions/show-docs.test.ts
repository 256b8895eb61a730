import { handler } from '../../functions/show-docs.ts';
import { eventTypes } from '../../lib/model/events.ts';

const getPage = async (page: string) => {
  const response = await handler({ pathParameters: { page }, headers: {} } as never, { awsRequestId: 'request-1' } as never);
  const { headers = {}, body = '', statusCode } = response as { headers?: object; body?: string; statusCode: number };
  return { statusCode, headers, text: Buffer.from(body, 'base64').toString() };
};

describe('handler', () => {
  it('returns the schemas of all events', async () => {
    const { statusCode, headers, text } = await getPage('events.json');

    expect({ statusCode, headers }).toMatchObject({ statusCode: 200, headers: { 'content-type': 'application/json' } });
    expect(Object.keys(JSON.parse(text).$defs)).toEqual(expect.arrayContaining(Object.values(eventTypes)));
  });

  it('returns 404 for an unknown page', async () => {
    expect(await getPage('events')).toMatchObject({ statusCode: 404 });
  });
});
