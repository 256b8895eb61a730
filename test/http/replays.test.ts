import { listImages } from '../../functions/list-images.ts';
import { inSeconds, manners } from '../sdk/alibaba/signing.ts';
import { sent } from '../sdk/alibaba/wire-request.ts';
import { keyOf } from '../sdk/keys.ts';
import { fetchFromService, freshMember } from '../support/api.ts';
import { anImageOf, freshId } from '../support/client.ts';
import { origin } from '../support/service.ts';

const region = 'cn-hangzhou';

describe.each(manners(new URL(origin()).host))('concurrent requests in %s', (_, requestOf) => {
  it('have one effect and the same response if they are identical', async () => {
    const member = await freshMember();
    const [key, { imageId: ImageId }] = await Promise.all([keyOf(member), anImageOf(member, region)]);
    const parameters = { RegionId: region, ImageId, DestinationRegionId: region };
    const request = requestOf({ key, action: 'CopyImage', parameters, date: inSeconds(new Date()), nonce: freshId() });

    const responses = await Promise.all(Array.from({ length: 20 }, () => sent(request, fetchFromService)));

    const [copy] = (await member.ok(listImages, { region })).images;
    expect(responses.map(({ fields }) => fields['ImageId'])).toEqual(Array(20).fill(copy?.imageId));
    expect((await member.ok(listImages, { region })).images.map(({ imageId }) => imageId)).toEqual([copy?.imageId, ImageId]);
  });

  it('are accepted only once if they have the same nonce but are not identical', async () => {
    const key = await keyOf(await freshMember());
    const [date, nonce] = [inSeconds(new Date()), freshId()];
    const requests = Array.from({ length: 20 }, (_each, page) =>
      requestOf({ key, action: 'DescribeImages', parameters: { RegionId: region, PageNumber: String(page + 1) }, date, nonce }),
    );

    const responses = await Promise.all(requests.map((request) => sent(request, fetchFromService)));

    expect(responses.map(({ fields: { Code = 'accepted' } }) => Code).toSorted()).toEqual([
      ...Array(19).fill('SignatureNonceUsed'),
      'accepted',
    ]);
  });
});
