import { callerOf } from '../../lib/sdk/authenticate.ts';
import { anAccessKey } from '../support/builders.ts';

describe('callerOf', () => {
  it('returns a tenant that acts for the account of the key', () => {
    const { keyId, account, ...key } = anAccessKey();

    expect(callerOf({ keyId, account, ...key })).toEqual({ subject: keyId, account, scopes: new Set(['tenant']) });
  });
});
