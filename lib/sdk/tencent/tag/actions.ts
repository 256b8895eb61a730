import type { Dialect } from '../../wire.ts';
import {
  addResourceTag,
  deleteResourceTag,
  modifyResourceTags,
  tagResources,
  unTagResources,
  updateResourceTagValue,
} from './changes.ts';
import { describeResourceTags, describeResourceTagsByResourceIds, getResources } from './lists.ts';

/** The actions of the tag service 2018-08-13. Source: github.com/TencentCloud/tencentcloud-sdk-go, tag/v20180813. */
export const tagActions: Dialect['actions'] = {
  AddResourceTag: addResourceTag,
  DeleteResourceTag: deleteResourceTag,
  DescribeResourceTags: describeResourceTags,
  DescribeResourceTagsByResourceIds: describeResourceTagsByResourceIds,
  GetResources: getResources,
  ModifyResourceTags: modifyResourceTags,
  TagResources: tagResources,
  UnTagResources: unTagResources,
  UpdateResourceTagValue: updateResourceTagValue,
};
