import type { Protocol } from '../wire.ts';

export const tencentProtocol: Protocol = {
  recognises: () => false,
  dialectOf: () => {
    throw new Error('not yet');
  },
};
