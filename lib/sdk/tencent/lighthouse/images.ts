/** Images of Lighthouse. */
import * as z from 'zod';
import type { ImageView } from '../../../model/views.ts';
import type { Service } from '../../service.ts';
import { ProviderError, wireAction } from '../../wire.ts';
import { imagesOf } from '../cvm/image-list.ts';
import { validateThenRun } from '../dry-run.ts';
import { contains, Filters, lighthouseFiltering, passesNothing, passing } from '../filters.ts';
import { atLeastOne, Blueprint, blueprintIdOf, onPage, page, requireAtMost, textOf } from '../parameters.ts';
import { blueprint, blueprintNamed, blueprintStateOf, blueprintTypeOf, isBlueprint, platformTypeOf } from './image-view.ts';

/** Blueprints that one call may name, as many as lists answer. */
const idsMax = 100;

/** Refuses a call that names things and filters them too. */
export function requireNamedOrFiltered(names: readonly unknown[], filters: readonly unknown[]): void {
  if (names.length > 0 && filters.length > 0) {
    throw new ProviderError({
      code: 'InvalidParameter.ParameterConflict',
      message: 'Ids and Filters cannot be specified at the same time.',
    });
  }
}

/** Source: the documents of DescribeBlueprints in the SDK for Node. There are no scenes here. */
const filtering = {
  ...lighthouseFiltering,
  valuesMax: 100,
  names: {
    'blueprint-id': (image: ImageView, value: string) => blueprintIdOf(image.imageId) === value,
    'blueprint-type': (image: ImageView, value: string) => blueprintTypeOf(image) === value,
    'platform-type': (image: ImageView, value: string) => platformTypeOf(image) === value,
    'blueprint-name': (image: ImageView, value: string) => contains(image.name, value),
    'blueprint-state': (image: ImageView, value: string) => blueprintStateOf(image) === value,
    'scene-id': passesNothing,
  },
};

export const describeBlueprints = wireAction({
  parameters: z.strictObject({ BlueprintIds: z.array(Blueprint).default([]), Filters, ...page }),
  async run({ BlueprintIds, Filters: filters, ...cut }, service) {
    requireNamedOrFiltered(BlueprintIds, filters);
    requireAtMost(idsMax, 'BlueprintIds', BlueprintIds);
    const images = passing((await imagesOf(service, BlueprintIds)).filter(isBlueprint), filters, filtering);
    return { TotalCount: images.length, BlueprintSet: onPage(images, cut).map(blueprint) };
  },
});

export const modifyBlueprintAttribute = wireAction({
  parameters: z.strictObject({
    BlueprintId: Blueprint,
    BlueprintName: textOf(60).optional(),
    Description: textOf(60).optional(),
  }),
  async run({ BlueprintId, BlueprintName: name, Description: description }, service) {
    if (name === undefined && description === undefined) {
      throw new ProviderError({
        code: 'InvalidParameter.MustSpecifyOneAttributeToModify',
        message: 'One of BlueprintName and Description has to be specified.',
      });
    }
    const { imageId } = await blueprintNamed(service, BlueprintId);
    await service.updateImage(imageId, { name, description });
    return {};
  },
});

export const deleteBlueprints = wireAction({
  parameters: z.strictObject({ BlueprintIds: atLeastOne(Blueprint) }),
  async run({ BlueprintIds }, service) {
    requireAtMost(idsMax, 'BlueprintIds', BlueprintIds);
    const images = await Promise.all([...new Set(BlueprintIds)].map((imageId) => blueprintNamed(service, imageId)));
    await validateThenRun(
      service,
      false,
      images.map(
        ({ imageId }) =>
          (asked: Service) =>
            asked.deleteImage(imageId),
      ),
    );
    return {};
  },
});
