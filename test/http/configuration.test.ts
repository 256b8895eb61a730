import { policies } from '../../lib/clouds/policies.ts';
import { configurationFrom } from '../../lib/http/configuration.ts';

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

  it('answers the SDKs of those clouds alone that are named', () => {
    expect([...configurationFrom(stated).protocols]).toEqual([]);
    expect([...configurationFrom({ ...stated, SDK_PROTOCOLS: 'none' }).protocols]).toEqual([]);
    const all = Object.keys(policies);
    expect([...configurationFrom({ ...stated, SDK_PROTOCOLS: all.join(' , ') }).protocols]).toEqual(all);
  });
});
