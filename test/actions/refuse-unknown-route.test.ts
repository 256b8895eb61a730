import { handler } from '../../functions/refuse-unknown-route.ts';

describe('refuse-unknown-route', () => {
  it('refuses every request with RouteNotFound', async () => {
    const answer = await handler({} as never, { awsRequestId: 'request-1' } as never);

    expect(answer.statusCode).toBe(404);
    expect(JSON.parse(answer.body ?? '')).toMatchObject({ code: 'RouteNotFound', requestId: 'request-1' });
  });
});
