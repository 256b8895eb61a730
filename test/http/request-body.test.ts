import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { bodyOf } from '../../lib/http/request-body.ts';
import { thrownBy } from '../support/builders.ts';

/** A body as API Gateway hands over what it takes for binary. */
const binary = (bytes: Uint8Array) =>
  ({ isBase64Encoded: true, body: Buffer.from(bytes).toString('base64') }) as APIGatewayProxyEventV2;

describe('bodyOf', () => {
  it('reads a body that the gateway took for binary', () => {
    expect(bodyOf(binary(new TextEncoder().encode('{"name":"镜像"}')))).toEqual({ name: '镜像' });
  });

  it.each([[[0x7b, 0x22, 0xff, 0x22, 0x7d]], [[0xc3, 0x28]], [[0xed, 0xa0, 0x80]]])(
    'refuses bytes that are no UTF-8 rather than reading something else: %j',
    (bytes) => {
      expect(thrownBy(() => bodyOf(binary(new Uint8Array(bytes))))).toMatchObject({
        code: 'InvalidRequest',
        details: { offenders: [{ id: 'body', reason: 'is not UTF-8' }] },
      });
    },
  );
});
