import { configurationFrom } from '../../lib/app/configuration.ts';
import { policies } from '../../lib/policies/policies.ts';

/** As little as a deployment can state. */
const stated = {
  TABLE_NAME: 'images',
  REGIONS: 'ap-guangzhou=tencent',
  OIDC_ISSUER: 'https://issuer.example.com',
  OIDC_AUDIENCE: 'image-share',
};

describe('configurationFrom', () => {
  it('names every variable that is missing or wrong', () => {
    const { TABLE_NAME: _, ...others } = stated;

    expect(() => configurationFrom({ ...others, OIDC_ISSUER: 'issuer' })).toThrow(/TABLE_NAME .*; OIDC_ISSUER /);
  });

  it('takes an empty variable for none', () => {
    expect(configurationFrom({ ...stated, DYNAMODB_ENDPOINT: '' }).DYNAMODB_ENDPOINT).toBeUndefined();
  });

  it('takes the origins that the console calls besides, each in full', () => {
    const originsOf = (text: string) => configurationFrom({ ...stated, CONSOLE_CONNECT_ORIGINS: text }).CONSOLE_CONNECT_ORIGINS;

    expect(configurationFrom(stated).CONSOLE_CONNECT_ORIGINS).toEqual([]);
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
  ])('refuses %j among these origins, and names it', (text) => {
    const environment = { ...stated, CONSOLE_CONNECT_ORIGINS: `https://a.example,${text}` };

    expect(() => configurationFrom(environment)).toThrow(`CONSOLE_CONNECT_ORIGINS.1 "${text}" isn't an https origin such as`);
  });

  it('answers the SDKs of those clouds alone that are named', () => {
    expect([...configurationFrom(stated).protocols]).toEqual([]);
    expect([...configurationFrom({ ...stated, SDK_PROTOCOLS: 'none' }).protocols]).toEqual([]);
    const all = Object.keys(policies);
    expect([...configurationFrom({ ...stated, SDK_PROTOCOLS: all.join(' , ') }).protocols]).toEqual(all);
  });
});
