import { handler } from '../../functions/web.ts';
import { requestServer } from '../support/servers.ts';

await requestServer('console');

const issuer = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Example';
const tokenOrigin = 'https://example.auth.eu-west-1.amazoncognito.com';

beforeAll(() => {
  Object.assign(process.env, {
    TABLE_NAME: 'images',
    REGIONS: 'ap-guangzhou=tencent',
    OIDC_ISSUER: issuer,
    OIDC_AUDIENCE: 'image-share',
    CONSOLE_CONNECT_ORIGINS: tokenOrigin,
  });
});

describe('the console with an issuer whose token endpoint is on another host', () => {
  it.each(['/console/', '/console/config.json'])('allows connections to both, in the policy of %s', async (rawPath) => {
    const { headers } = (await handler({ rawPath, headers: {} } as never, { awsRequestId: 'request-1' } as never)) as {
      headers: Readonly<Record<string, string>>;
    };

    const directives = headers['content-security-policy']?.split('; ');
    expect(directives).toContain(`connect-src 'self' https://cognito-idp.eu-west-1.amazonaws.com ${tokenOrigin}`);
  });
});
