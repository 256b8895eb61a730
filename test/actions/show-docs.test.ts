import { handler } from '../../functions/show-docs.ts';
import { eventTypes } from '../../lib/model/events.ts';

const getPage = async (page: string, requestHeaders: Readonly<Record<string, string>> = {}) => {
  const event = { pathParameters: { page }, headers: requestHeaders };
  const response = await handler(event as never, { awsRequestId: 'request-1' } as never);
  const {
    headers = {},
    body = '',
    statusCode,
  } = response as {
    headers?: Record<string, string>;
    body?: string;
    statusCode: number;
  };
  return { statusCode, headers, text: Buffer.from(body, 'base64').toString() };
};

describe('handler', () => {
  it('returns the schemas of all events', async () => {
    const { statusCode, headers, text } = await getPage('events.json');

    expect({ statusCode, headers }).toMatchObject({ statusCode: 200, headers: { 'content-type': 'application/json' } });
    expect(Object.keys(JSON.parse(text).$defs)).toEqual(expect.arrayContaining(Object.values(eventTypes)));
  });

  it('returns 304 for its ETag, also in a list and weakened by a proxy', async () => {
    const { etag = '' } = (await getPage('errors')).headers;

    expect(await getPage('errors', { 'if-none-match': `"another", W/${etag}` })).toMatchObject({ statusCode: 304, text: '' });
    expect(await getPage('errors', { 'if-none-match': '"another"' })).toMatchObject({ statusCode: 200 });
  });

  it('returns 200 for the ETag of another encoding', async () => {
    const { etag = '' } = (await getPage('errors')).headers;

    expect(await getPage('errors', { 'accept-encoding': 'gzip', 'if-none-match': etag })).toMatchObject({ statusCode: 200 });
  });

  it.each([
    ['GZIP', 'gzip'],
    ['gzip;q=0', undefined],
    ['identity', undefined],
  ])('returns for accept-encoding %s the encoding %s', async (acceptEncoding, encoding) => {
    expect((await getPage('errors', { 'accept-encoding': acceptEncoding })).headers['content-encoding']).toBe(encoding);
  });

  it('returns 404 for an unknown page', async () => {
    expect(await getPage('events')).toMatchObject({ statusCode: 404 });
  });
});
