import type { Protocol } from '../wire.ts';

export const ucloudProtocol: Protocol = {
  recognises: () => false,
  dialectOf: () => {
    throw new Error('not yet');
  },
};
