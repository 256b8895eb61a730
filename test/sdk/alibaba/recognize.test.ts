import { recognizes } from '../../../lib/sdk/alibaba/recognize.ts';

describe('a request', () => {
  it.each([
    ['ACS3-HMAC-SHA256 Credential=a,SignedHeaders=host,Signature=b', true],
    [' acs3-sm3 Credential=a', true],
    ['acs key:signature', true],
    ['acsx', false],
    ['Bearer ACS3-HMAC-SHA256', false],
    ['Basic acs key', false],
  ])('with the Authorization header %p is of this cloud: %p', (authorization, expected) => {
    expect(recognizes({ method: 'GET', path: '/', query: '', headers: { authorization }, body: Buffer.alloc(0) })).toBe(expected);
  });
});
