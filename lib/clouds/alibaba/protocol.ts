import type { Protocol } from '../wire.ts';

export const alibabaProtocol: Protocol = {
  recognises: () => false,
  dialectOf: () => {
    throw new Error('not yet');
  },
};
