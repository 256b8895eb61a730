import type { Dialect } from '../../wire.ts';
import { describeSnapshots } from './snapshots.ts';

/** The actions of CBS 2017-03-12. Source: github.com/TencentCloud/tencentcloud-sdk-go, cbs/v20170312. */
export const cbsActions: Dialect['actions'] = { DescribeSnapshots: describeSnapshots };
