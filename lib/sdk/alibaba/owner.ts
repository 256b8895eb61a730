import * as z from 'zod';
import { ProviderError, type WireAction, type WireError, wireAction } from '../wire.ts';
import { Text } from '../wire-fields.ts';
import { withValue } from './error-codes.ts';

/** The common parameters that make a call for another account. Source of the errors: common error codes of ECS. */
const ownerErrors = {
  OwnerId: { code: 'InvalidOwnerId', status: 400, message: 'The specified OwnerId is not valid.' },
  OwnerAccount: { code: 'InvalidOwnerAccount', status: 400, message: 'The specified OwnerAccount is not valid.' },
  ResourceOwnerId: { code: 'InvalidParameter', status: 400, message: 'The specified parameter is not valid.' },
  ResourceOwnerAccount: {
    code: 'InvalidParameter.ResourceOwnerAccount',
    status: 403,
    message: 'ResourceOwnerAccount is Invalid.',
  },
} as const satisfies Record<string, WireError>;

const ownerParameters = z.object({
  OwnerId: Text.optional(),
  OwnerAccount: Text.optional(),
  ResourceOwnerId: Text.optional(),
  ResourceOwnerAccount: Text.optional(),
});

/** Returns the same action, which refuses calls for other accounts than that of the access key. */
export const onlyForOwnAccount = (action: WireAction): WireAction =>
  wireAction({
    parameters: action.parameters.extend(ownerParameters.shape),
    run: (parameters, service) => {
      const owners = ownerParameters.parse(parameters);
      for (const [name, error] of Object.entries(ownerErrors)) {
        const account = owners[name as keyof typeof owners];
        if (account !== undefined && account !== service.account) {
          throw new ProviderError(withValue(error, name, account));
        }
      }
      return action.run(parameters as never, service);
    },
  });
