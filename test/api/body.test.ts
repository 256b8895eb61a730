import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { bodyBytesOf, bodyOf } from '../../lib/http/body.ts';
import { thrownBy } from '../support/builders.ts';

/** A body as API Gateway passes on content that it considers binary. */
const binary = (bytes: Uint8Array) =>
  ({ isBase64Encoded: true, body: Buffer.from(bytes).toString('base64') }) as APIGatewayProxyEventV2;

describe('bodyBytesOf', () => {
  it.each([undefined, null, ''])('returns no bytes if the body is %p', (body) => {
    expect(bodyBytesOf({ isBase64Encoded: false, body } as unknown as APIGatewayProxyEventV2)).toHaveLength(0);
  });

  it('returns the bytes of text and of binary bodies', () => {
    expect(bodyBytesOf({ isBase64Encoded: false, body: '镜' } as APIGatewayProxyEventV2)).toEqual(Buffer.from('镜'));
    expect(bodyBytesOf(binary(new Uint8Array([0xff, 0])))).toEqual(Buffer.from([0xff, 0]));
  });
});

describe('bodyOf', () => {
  it('parses a body that the gateway considered binary', () => {
    expect(bodyOf(binary(new TextEncoder().encode('{"name":"镜像"}')))).toEqual({ name: '镜像' });
  });

  it.each([[[0x7b, 0x22, 0xff, 0x22, 0x7d]], [[0xc3, 0x28]], [[0xed, 0xa0, 0x80]]])(
    'refuses bytes that are not UTF-8: %j',
    (bytes) => {
      expect(thrownBy(() => bodyOf(binary(new Uint8Array(bytes))))).toMatchObject({
        code: 'InvalidRequest',
        details: { offenders: [{ id: 'body', reason: 'must be UTF-8' }] },
      });
    },
  );
});
