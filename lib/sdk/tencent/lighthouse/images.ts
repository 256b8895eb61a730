/** Lists, changes, and deletes Lighthouse images. */
import * as z from 'zod';
import type { ImageView } from '../../../model/views.ts';
import type { Service } from '../../service.ts';
import { ProviderError, wireAction } from '../../wire.ts';
import { imagesOf } from '../cvm/image-list.ts';
import { validateThenRun } from '../dry-run.ts';
import { applyFilters, contains, Filters, lighthouseFilterLimits, matchesNothing } from '../filters.ts';
import { atLeastOne, BlueprintParameter, blueprintIdOf, pageOf, pageParameters, requireAtMost, textUpTo } from '../parameters.ts';
import { blueprint, blueprintStateOf, blueprintTypeOf, isBlueprint, platformTypeOf, requireBlueprint } from './image-view.ts';

/** The most blueprints in one call: as many as on the largest page of a list. */
const idsMax = 100;

/** Throws ParameterConflict for a call with both ids and filters. */
export function rejectIdsWithFilters(ids: readonly unknown[], filters: readonly unknown[]): void {
  if (ids.length > 0 && filters.length > 0) {
    throw new ProviderError({
      code: 'InvalidParameter.ParameterConflict',
      message: 'Ids and Filters cannot be specified at the same time.',
    });
  }
}

/** Source: the documentation of DescribeBlueprints in the SDK for Node. Scenes don't exist here. */
const filterRules = {
  ...lighthouseFilterLimits,
  valuesMax: 100,
  byName: {
    'blueprint-id': (image: ImageView, value: string) => blueprintIdOf(image.imageId) === value,
    'blueprint-type': (image: ImageView, value: string) => blueprintTypeOf(image) === value,
    'platform-type': (image: ImageView, value: string) => platformTypeOf(image) === value,
    'blueprint-name': (image: ImageView, value: string) => contains(image.name, value),
    'blueprint-state': (image: ImageView, value: string) => blueprintStateOf(image) === value,
    'scene-id': matchesNothing,
  },
};

export const describeBlueprints = wireAction({
  parameters: z.strictObject({ BlueprintIds: z.array(BlueprintParameter).default([]), Filters, ...pageParameters }),
  async run({ BlueprintIds, Filters: filters, ...page }, service) {
    rejectIdsWithFilters(BlueprintIds, filters);
    requireAtMost(idsMax, 'BlueprintIds', BlueprintIds);
    const images = applyFilters((await imagesOf(service, BlueprintIds)).filter(isBlueprint), filters, filterRules);
    return { TotalCount: images.length, BlueprintSet: pageOf(images, page).map(blueprint) };
  },
});

export const modifyBlueprintAttribute = wireAction({
  parameters: z.strictObject({
    BlueprintId: BlueprintParameter,
    BlueprintName: textUpTo(60).optional(),
    Description: textUpTo(60).optional(),
  }),
  async run({ BlueprintId, BlueprintName: name, Description: description }, service) {
    if (name === undefined && description === undefined) {
      throw new ProviderError({
        code: 'InvalidParameter.MustSpecifyOneAttributeToModify',
        message: 'Specify BlueprintName, Description, or both.',
      });
    }
    const { imageId } = await requireBlueprint(service, BlueprintId);
    await service.updateImage(imageId, { name, description });
    return {};
  },
});

export const deleteBlueprints = wireAction({
  parameters: z.strictObject({ BlueprintIds: atLeastOne(BlueprintParameter) }),
  async run({ BlueprintIds }, service) {
    requireAtMost(idsMax, 'BlueprintIds', BlueprintIds);
    const images = await Promise.all([...new Set(BlueprintIds)].map((imageId) => requireBlueprint(service, imageId)));
    await validateThenRun(
      service,
      false,
      images.map(
        ({ imageId }) =>
          (api: Service) =>
            api.deleteImage(imageId),
      ),
    );
    return {};
  },
});
