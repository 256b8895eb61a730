/** Lists, changes, and deletes Lighthouse images. */
import * as z from 'zod';
import { Description, Name } from '../../../model/fields.ts';
import type { ImageView } from '../../../model/views/image.ts';
import type { Service } from '../../service.ts';
import { validateThenRun } from '../../validate-then-run.ts';
import { ProviderError, wireAction } from '../../wire.ts';
import { imagePage } from '../cvm/image-list.ts';
import { byName, byNothing, byOneOf, byText, Filters, idForm, lighthouseFilterLimits, tagFilters } from '../filters.ts';
import { atLeastOne, BlueprintParameter, blueprintIdOf, pageParameters, requireAtMost, textUpTo } from '../parameters.ts';
import { blueprint, blueprintStateOf, blueprintTypeOf, platformTypeOf, requireBlueprint } from './image-view.ts';

/** The most blueprints in one call: as many as on the largest page of a list. */
const idsMax = 100;

/** Throws ParameterConflict for a call with both IDs and filters. */
export function rejectIdsWithFilters(ids: readonly unknown[], filters: readonly unknown[]): void {
  if (ids.length > 0 && filters.length > 0) {
    throw new ProviderError({
      code: 'InvalidParameter.ParameterConflict',
      message: 'Ids and Filters cannot be specified at the same time.',
    });
  }
}

/** Sources: the documentation of DescribeBlueprints, the data type Blueprint, and Lighthouse's error codes in the SDK for Go. */
const blueprintTypes = ['APP_OS', 'PURE_OS', 'DOCKER', 'PRIVATE', 'SHARED', 'GAME_PORTAL'];
const blueprintStates = [
  'NORMAL',
  'SYNCING',
  'OFFLINE',
  'CREATEFAILED',
  'SYNCING_FAILED',
  'ISOLATING',
  'ISOLATED',
  'DELETING',
  'DESTROYING',
  // Undocumented; the state of an image that is being created here.
  'CREATING',
];

const filterRules = {
  ...lighthouseFilterLimits,
  valuesMax: 100,
  byName: {
    'blueprint-id': byText(
      (image: ImageView) => blueprintIdOf(image.imageId),
      idForm('lhbp-', 'InvalidParameterValue.BlueprintIdMalformed'),
    ),
    'blueprint-type': byOneOf(blueprintTypes, blueprintTypeOf, 'InvalidParameterValue.InvalidBlueprintType'),
    'platform-type': byOneOf(['LINUX_UNIX', 'WINDOWS'], platformTypeOf, 'InvalidParameterValue.InvalidBlueprintPlatformType'),
    'blueprint-name': byName((image: ImageView) => image.name),
    'blueprint-state': byOneOf(blueprintStates, blueprintStateOf, 'InvalidParameterValue.InvalidBlueprintState'),
    'scene-id': byNothing<ImageView>(),
    ...tagFilters.byName,
  },
  byPrefix: tagFilters.byPrefix,
};

export const describeBlueprints = wireAction({
  parameters: z.strictObject({ BlueprintIds: z.array(BlueprintParameter).default([]), Filters, ...pageParameters }),
  async run({ BlueprintIds, Filters: filters, ...page }, service) {
    rejectIdsWithFilters(BlueprintIds, filters);
    requireAtMost(idsMax, 'BlueprintIds', BlueprintIds);
    const { total, entries } = await imagePage({ service, imageIds: BlueprintIds, filters, page }, filterRules, 'lightweight');
    return { TotalCount: total, BlueprintSet: entries.map(blueprint) };
  },
});

export const modifyBlueprintAttribute = wireAction({
  parameters: z.strictObject({
    BlueprintId: BlueprintParameter,
    BlueprintName: textUpTo(60).pipe(Name).optional(),
    Description: textUpTo(60).pipe(Description).optional(),
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
