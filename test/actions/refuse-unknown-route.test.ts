import { handler } from '../../functions/refuse-unknown-route.ts';

describe('refuse-unknown-route', () => {
  it('refuses every request with RouteNotFound', async () => {
    const response = await handler({} as never, { awsRequestId: 'request-1' } as never);

    expect(response.statusCode).toBe(404);
    expect(JSON.parse(response.body ?? '')).toMatchObject({ code: 'RouteNotFound', requestId: 'request-1' });
  });
});
