import { configurationFrom } from '../../lib/app/configuration.ts';
import { policies } from '../../lib/policies/policies.ts';

/** The minimal environment of a deployment. */
const minimal = {
  TABLE_NAME: 'images',
  REGIONS: 'ap-guangzhou=tencent',
  OIDC_ISSUER: 'https://issuer.example.com',
  OIDC_AUDIENCE: 'image-share',
};

describe('configurationFrom', () => {
  it('lists every variable that is missing or invalid', () => {
    const { TABLE_NAME: _, ...others } = minimal;
    const invalid = { REGIONS: 'ap-guangzhou=acme', SDK_PROTOCOLS: 'acme', OIDC_ISSUER: 'issuer' };

    expect(() => configurationFrom({ ...others, ...invalid })).toThrow(
      /TABLE_NAME: .*; REGIONS: Invalid region "ap-guangzhou=acme".*; SDK_PROTOCOLS: Unknown cloud "acme" .* one or more of .*, separated by commas, or "none"\.; OIDC_ISSUER: /,
    );
  });

  it('treats an empty variable as unset', () => {
    expect(configurationFrom({ ...minimal, DYNAMODB_ENDPOINT: '' }).dynamodbEndpoint).toBeUndefined();
  });

  it('accepts additional origins for the console, each in full', () => {
    const originsOf = (text: string) => configurationFrom({ ...minimal, CONSOLE_CONNECT_ORIGINS: text }).console.connectOrigins;

    expect(configurationFrom(minimal).console.connectOrigins).toEqual([]);
    expect(originsOf('')).toEqual([]);
    const two = ['https://pool.auth.eu-west-1.amazoncognito.com', 'https://login.example.com:8443'];
    expect(originsOf(two.join(' , '))).toEqual(two);
  });

  it.each([
    'http://login.example.com',
    'login.example.com',
    'https://login.example.com/',
    'https://login.example.com/oauth2/token',
    'https://login.example.com:443',
    'https://Login.example.com',
    'https://*.example.com',
    'https://a;script-src *',
    "https://a 'unsafe-inline'",
    "'self'",
    '*',
    'https:',
    'https://',
    '',
  ])('refuses %j among these origins', (text) => {
    const environment = { ...minimal, CONSOLE_CONNECT_ORIGINS: `https://a.example,${text}` };

    expect(() => configurationFrom(environment)).toThrow(`CONSOLE_CONNECT_ORIGINS.1: "${text}" isn't an https origin such as`);
  });

  it('enables only the SDK protocols of the listed clouds', () => {
    expect([...configurationFrom(minimal).protocols]).toEqual([]);
    expect([...configurationFrom({ ...minimal, SDK_PROTOCOLS: 'none' }).protocols]).toEqual([]);
    const all = Object.keys(policies);
    expect([...configurationFrom({ ...minimal, SDK_PROTOCOLS: all.join(' , ') }).protocols]).toEqual(all);
  });
});
