import { ecsActions } from '../../lib/sdk/alibaba/actions.ts';
import type { Cloud } from '../../lib/sdk/cloud.ts';
import { clouds } from '../../lib/sdk/clouds.ts';
import { cvmActions } from '../../lib/sdk/tencent/cvm/actions.ts';
import { ucloudActions } from '../../lib/sdk/ucloud/actions.ts';
import type { Dialect } from '../../lib/sdk/wire.ts';
import { alibabaStandIns } from './alibaba.ts';
import { tencentStandIns } from './tencent.ts';
import { ucloudStandIns } from './ucloud.ts';

/** The stand-ins by the actions of a product, which they add to or replace. */
const standIns = new Map<Dialect['actions'], Dialect['actions']>([
  [ecsActions, alibabaStandIns],
  [cvmActions, tencentStandIns],
  [ucloudActions, ucloudStandIns],
]);

const withStandIns = (dialect: Dialect): Dialect => ({
  ...dialect,
  actions: { ...dialect.actions, ...standIns.get(dialect.actions) },
});

/** The clouds of `STAND_INS=packer npm start`, with what image builders need but the service doesn't have. */
export const cloudsWithStandIns: readonly Cloud[] = clouds.map((cloud) => ({
  ...cloud,
  async protocol() {
    const { dialectOf } = await cloud.protocol();
    return { dialectOf: (request) => withStandIns(dialectOf(request)) };
  },
}));
