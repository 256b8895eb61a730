import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { ImageId, PrincipalId, Region } from '../lib/model/ids.ts';
import { Product } from '../lib/model/image.ts';
import { ruleSlugs } from '../lib/model/rule-slug.ts';
import { decideAccess, requireEntitled, requireStatedPrincipal, Use } from '../lib/rules/access.ts';
import { openPrincipals, principalsNamed } from '../lib/rules/principals.ts';
import { isPublic } from '../lib/rules/visibility.ts';

/**
 * Answers whether an account or project may use an image, and why. A compute platform asks it before it starts an
 * instance: one strongly consistent read of one item, and nothing else. Also an account or project that the caller's
 * token names is not looked up: one that is unknown or closed holds no image, and the decision says so. Only of a
 * public image it would not, so there it is.
 *
 * Rules: explain.decision.
 */
export const checkImageAccess = action({
  name: 'CheckImageAccess',
  summary: 'Checks whether an account or project may use an image, by which rule, and what would have to change.',
  routes: ['GET /regions/{region}/images/{imageId}/access'],
  callers: ['tenant', 'compute'],
  refuses: ['ImageNotFound'],
  path: z.strictObject({ region: Region, imageId: ImageId }),
  query: z.strictObject({
    principal: PrincipalId.optional().meta({
      description: 'The account or project to check. Default: the caller. Required for a compute platform.',
    }),
    use: Use.default('launch'),
    product: Product.optional().meta({ description: "Of the instance, for uses that make one. Default: the image's own." }),
  }),
  response: z.strictObject({
    allowed: z.boolean(),
    rule: z.enum(ruleSlugs),
    reason: z.string(),
    sources: z.array(z.string()).meta({ description: "Documents that state the rule, those of the region's own cloud first." }),
    remedy: z.string().optional(),
  }),

  async run({ region, imageId, principal: asked, ...wanted }, context) {
    const { caller, store, principalByToken, read, readAs, policyOf, now } = context;
    const policy = policyOf(region);
    const key = { region, imageId };
    const isCompute = caller.scopes.has('compute');
    requireStatedPrincipal(caller.scopes, asked);
    const stated = isCompute && asked !== undefined ? asked : principalByToken(region);
    const found =
      stated === undefined ? await readAs(region, { images: [key] }) : { image: await store.image(key), principal: stated };
    const principal = requireEntitled({ key, image: found.image, self: found.principal, asked, isCompute, now: now() });
    const isOpen =
      !isPublic(found.image) || openPrincipals(await read(principalsNamed([principal], policy)), policy).has(principal);
    return decideAccess(isOpen ? found.image : undefined, { principal, ...wanted, policy, now: now() });
  },
});

export const handler = serve(checkImageAccess);
