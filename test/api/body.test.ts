import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { bodyBytesOf, bodyOf } from '../../lib/http/body.ts';
import { thrownBy } from '../support/builders.ts';

/** A body as API Gateway hands over what it takes for binary. */
const binary = (bytes: Uint8Array) =>
  ({ isBase64Encoded: true, body: Buffer.from(bytes).toString('base64') }) as APIGatewayProxyEventV2;

describe('bodyBytesOf', () => {
  it.each([undefined, null, ''])('gives none where the body is %p', (body) => {
    expect(bodyBytesOf({ isBase64Encoded: false, body } as unknown as APIGatewayProxyEventV2)).toHaveLength(0);
  });

  it('gives the bytes of a text and of what was taken for binary', () => {
    expect(bodyBytesOf({ isBase64Encoded: false, body: '镜' } as APIGatewayProxyEventV2)).toEqual(Buffer.from('镜'));
    expect(bodyBytesOf(binary(new Uint8Array([0xff, 0])))).toEqual(Buffer.from([0xff, 0]));
  });
});

describe('bodyOf', () => {
  it('reads a body that the gateway took for binary', () => {
    expect(bodyOf(binary(new TextEncoder().encode('{"name":"镜像"}')))).toEqual({ name: '镜像' });
  });

  it.each([[[0x7b, 0x22, 0xff, 0x22, 0x7d]], [[0xc3, 0x28]], [[0xed, 0xa0, 0x80]]])(
    'refuses bytes that are no UTF-8 rather than reading something else: %j',
    (bytes) => {
      expect(thrownBy(() => bodyOf(binary(new Uint8Array(bytes))))).toMatchObject({
        code: 'InvalidRequest',
        details: { offenders: [{ id: 'body', reason: 'must be UTF-8' }] },
      });
    },
  );
});
