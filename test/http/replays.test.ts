import { inSeconds, manners } from '../sdk/alibaba/signing.ts';
import { sent } from '../sdk/alibaba/wire-request.ts';
import { keyOf } from '../sdk/keys.ts';
import { fetchFromService, freshMember } from '../support/api.ts';
import { freshId } from '../support/client.ts';
import { origin } from '../support/service.ts';

describe.each(manners(new URL(origin()).host))('concurrent requests in %s', (_, requestOf) => {
  it('are accepted once of 20 that are identical', async () => {
    const key = await keyOf(await freshMember());
    const parameters = { RegionId: 'cn-hangzhou' };
    const request = requestOf({ key, action: 'DescribeImages', parameters, date: inSeconds(new Date()), nonce: freshId() });

    const responses = await Promise.all(Array.from({ length: 20 }, () => sent(request, fetchFromService)));

    expect(responses.map(({ fields: { Code = 'accepted' } }) => Code).toSorted()).toEqual([
      ...Array(19).fill('SignatureNonceUsed'),
      'accepted',
    ]);
  });
});
