import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { ImageId, InstanceId, PrincipalId, Region } from '../lib/model/ids.ts';
import { Product } from '../lib/model/image.ts';
import { ruleSlugs } from '../lib/model/rule-slug.ts';
import { decideAccess, requireEntitled, requireInstanceOf, requireStatedPrincipal, Use } from '../lib/rules/access.ts';
import { openPrincipals, principalsNamed } from '../lib/rules/principals.ts';
import { isPublic } from '../lib/rules/visibility.ts';

/**
 * Checks whether an account or project can use an image, and explains why. A compute platform calls it before each launch, so
 * it costs one strongly consistent read of one item. The principal isn't looked up either: an unknown or closed one has no
 * access to an image anyway. The exceptions are a public image, where the lookup is needed, and an instance in the request.
 *
 * Rules: explain.decision.
 */
export const checkImageAccess = action({
  name: 'CheckImageAccess',
  summary: 'Checks whether an account or project may use an image, by which rule, and what would have to change.',
  routes: ['GET /regions/{region}/images/{imageId}/access'],
  callers: ['tenant', 'compute'],
  refuses: ['ImageNotFound', 'InstanceNotFound'],
  path: z.strictObject({ region: Region, imageId: ImageId }),
  query: z.strictObject({
    principal: PrincipalId.optional().meta({
      description: 'The account or project to check. Default: the caller. Required for a compute platform.',
    }),
    use: Use.default('launch'),
    product: Product.optional().meta({ description: "Of the instance, for uses that make one. Default: the image's own." }),
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
  }),

  async run({ region, imageId, principal: requested, instanceId, ...asked }, context) {
    const { caller, store, principalByToken, read, readAs, policyOf, now } = context;
    const policy = policyOf(region);
    const key = { region, imageId };
    const isCompute = caller.scopes.has('compute');
    requireStatedPrincipal(caller.scopes, requested);
    const known = isCompute && requested !== undefined ? requested : principalByToken(region);
    const facts =
      known === undefined ? await readAs(region, { images: [key] }) : { image: await store.image(key), principal: known };
    const principal = requireEntitled({
      key,
      image: facts.image,
      self: facts.principal,
      asked: requested,
      isCompute,
      now: now(),
    });
    const isOpen =
      !isPublic(facts.image) || openPrincipals(await read(principalsNamed([principal], policy)), policy).has(principal);
    const isOwnersQuestion = principal !== facts.principal;
    const instance =
      instanceId === undefined
        ? undefined
        : requireInstanceOf(
            key,
            { instanceId, use: asked.use },
            isOwnersQuestion ? undefined : (await read({ instances: [{ region, instanceId }] })).instances[0],
            principal,
          );
    return decideAccess(isOpen ? facts.image : undefined, {
      ...asked,
      principal,
      instance,
      isOwnersQuestion,
      policy,
      now: now(),
    });
  },
});

export const handler = serve(checkImageAccess);
