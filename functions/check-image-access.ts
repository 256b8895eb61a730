import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { ImageId, InstanceId, PrincipalId, Region } from '../lib/model/ids.ts';
import { Product } from '../lib/model/image.ts';
import { ruleSlugs } from '../lib/model/rule-slug.ts';
import { decideAccess, requireEntitled, requireInstanceOf, requirePrincipal, Use } from '../lib/rules/access.ts';
import { openPrincipals, principalKeys } from '../lib/rules/principals.ts';
import { isPublic } from '../lib/rules/visibility.ts';

/**
 * Checks whether an account or project can use an image, and explains why. Compute platforms call this action before each launch,
 * so it takes only one strongly consistent read of one item, the image. It doesn't read the account or project, because an unknown
 * or closed one has no access anyway. The exceptions are a public image, and a request with an instance.
 *
 * Rules: explain.decision.
 */
export const checkImageAccess = action({
  name: 'CheckImageAccess',
  summary: 'Checks whether an account or project can use an image, which rule decides, and what to do if it denies access.',
  routes: ['GET /regions/{region}/images/{imageId}/access'],
  callers: ['tenant', 'compute'],
  refuses: ['ImageNotFound', 'InstanceNotFound'],
  path: z.strictObject({ region: Region, imageId: ImageId }),
  query: z.strictObject({
    principal: PrincipalId.optional().meta({
      description: 'The account or project to check. Default: the caller. Required for a compute platform.',
    }),
    use: Use.default('launch'),
    product: Product.optional().meta({
      description: 'Product of the instance, for uses that launch one. Default: the product of the image.',
    }),
    instanceId: InstanceId.optional().meta({
      description:
        'For use=reinitialize: an instance of the account or project that was launched from the image. If the image was deleted or is no longer shared, the response says which.',
    }),
  }),
  response: z.strictObject({
    allowed: z.boolean(),
    rule: z.enum(ruleSlugs),
    reason: z.string(),
    sources: z.array(z.string()).meta({
      description: "Documents that state the rule: those of the region's own cloud, or this service if there are none.",
    }),
    remedy: z.string().optional(),
    expiresAt: z.string().optional().meta({
      format: 'date-time',
      description: 'When the share that grants access expires. Absent if access is denied, or if it never expires.',
    }),
  }),

  async run({ region, imageId, principal: requested, instanceId, ...check }, context) {
    const { caller, store, principalByToken, read, readAsPrincipal, policyOf, now } = context;
    const policy = policyOf(region);
    const key = { region, imageId };
    const isCompute = caller.scopes.has('compute');
    requirePrincipal(caller.scopes, requested);
    const known = isCompute && requested !== undefined ? requested : principalByToken(region);
    const facts =
      known === undefined
        ? await readAsPrincipal(region, { images: [key] })
        : { image: await store.image(key), principal: known };
    const principal = requireEntitled({
      key,
      image: facts.image,
      self: facts.principal,
      asked: requested,
      isCompute,
      now: now(),
    });
    const isOpen =
      !isPublic(facts.image) || openPrincipals(await read(principalKeys([principal], policy)), policy).has(principal);
    const isOwnersQuestion = principal !== facts.principal;
    const instance =
      instanceId === undefined
        ? undefined
        : requireInstanceOf(
            key,
            { instanceId, use: check.use },
            isOwnersQuestion ? undefined : (await read({ instances: [{ region, instanceId }] })).instances[0],
            principal,
          );
    return decideAccess(isOpen ? facts.image : undefined, {
      ...check,
      principal,
      instance,
      isOwnersQuestion,
      policy,
      now: now(),
    });
  },
});

export const handler = serve(checkImageAccess);
