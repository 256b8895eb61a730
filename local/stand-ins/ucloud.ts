/**
 * What Packer's ucloud-uhost builder needs of UHost, UNet, and VPC besides images. Source: https://docs.ucloud.cn/api, pages
 * of the actions. A project has one network and one firewall, which are always there.
 */
import * as z from 'zod';
import { describeUHostInstance } from '../../lib/sdk/ucloud/instance-list.ts';
import { HostParameter } from '../../lib/sdk/ucloud/parameters.ts';
import { type Dialect, type Fields, type WireAction, wireAction } from '../../lib/sdk/wire.ts';
import { Text } from '../../lib/sdk/wire-fields.ts';
import { type Power, powerOf, setPower } from './power.ts';

const vpc = { VPCId: 'uvnet-default', Name: 'Default', Network: ['10.0.0.0/8'] };
const subnet = { SubnetId: 'subnet-default', SubnetName: 'Default', VPCId: vpc.VPCId, Subnet: '10.0.0.0', Netmask: '16' };
/** The builder takes the first one of this type. */
const firewall = { FWId: 'firewall-default', Name: 'Non-Web', Type: 'recommend non web', Rule: [] };

export const ucloudStandIns: Dialect['actions'] = {
  DescribeVPC: list('VPCIds', vpc.VPCId, vpc),
  DescribeSubnet: list('SubnetIds', subnet.SubnetId, subnet),
  DescribeFirewall: list('FWId', firewall.FWId, firewall),

  StartUHostInstance: power('Running'),
  StopUHostInstance: power('Stopped'),
  DescribeUHostInstance: {
    parameters: describeUHostInstance.parameters,
    async run(parameters: never, service) {
      const { UHostSet, ...counted } = await describeUHostInstance.run(parameters, service);
      return {
        ...counted,
        UHostSet: (UHostSet as Fields[]).map((host) => ({
          ...host,
          State: powerOf(String(host['UHostId'])),
          BootDiskState: 'Normal',
        })),
      };
    },
  },
};

/** Lists the one thing of this kind, or nothing if the request contains only other IDs. */
function list(parameter: string, id: string, thing: Fields): WireAction {
  return {
    parameters: z.looseObject({ [parameter]: z.union([Text, z.array(Text)]).optional() }),
    run: async (requested: Fields) => {
      const DataSet = [requested[parameter] ?? id].flat().includes(id) ? [thing] : [];
      return { TotalCount: DataSet.length, DataSet };
    },
  };
}

function power(state: Power): WireAction {
  return wireAction({
    parameters: z.looseObject({ UHostId: HostParameter }),
    async run({ UHostId }, service) {
      await service.getInstance(UHostId);
      setPower(UHostId, state);
      return { UHostId };
    },
  });
}
