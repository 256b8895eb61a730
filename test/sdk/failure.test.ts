import type * as z from 'zod';
import { ActionError } from '../../lib/model/error.ts';
import { wireFailure, wrongParameter } from '../../lib/sdk/failure.ts';
import { ucloudErrors as errors } from '../../lib/sdk/ucloud/errors.ts';
import { ProviderError } from '../../lib/sdk/wire.ts';

describe('wireFailure', () => {
  const cause = new Error('the table is down');

  it('logs the cause of a failure of the service', () => {
    const unavailable = new ActionError('Unavailable', { detail: 'Try again.' }, cause);

    expect(wireFailure(unavailable, errors).logged).toEqual({ code: 'Unavailable', rule: undefined, cause });
    expect(wireFailure(cause, errors).logged).toEqual({ code: 'Internal', rule: undefined, cause });
  });

  it('logs the error itself if it has no cause', () => {
    const unavailable = new ActionError('Unavailable', { detail: 'Try again.' });

    expect(wireFailure(unavailable, errors).logged).toHaveProperty('cause', unavailable);
  });

  it('logs the rule of a refusal, and no cause', () => {
    const refusal = new ActionError('NotOwner', { detail: 'No.', rule: 'share.no-reshare' }, cause);

    expect(wireFailure(refusal, errors).logged).toStrictEqual({ code: 'NotOwner', rule: 'share.no-reshare' });
  });

  it("reports the cloud's error for the rule, if it has one, and otherwise for the code", () => {
    const refusal = new ActionError('NotOwner', { detail: 'No.', rule: 'share.no-reshare' });
    const specific = { ...errors, rules: { 'share.no-reshare': { code: '1' } } };

    expect(wireFailure(refusal, specific).error).toEqual({ code: '1' });
    expect(wireFailure(refusal, { ...errors, rules: {} }).error).toEqual(errors.codes.NotOwner);
  });

  it("logs the code of the cloud's own error", () => {
    expect(wireFailure(new ProviderError({ code: '160' }), errors)).toMatchObject({ message: '160', logged: { code: '160' } });
  });
});

describe('wrongParameter', () => {
  it('names the first missing part of a parameter, also inside of a parameter that is missing', () => {
    const issue: z.core.$ZodIssue = { code: 'custom', path: ['Placement', 'Zone'], message: 'is required', input: undefined };

    expect(wrongParameter([issue], {}, { errors, firstIndex: 0 }).error).toEqual(errors.missingParameter('Placement.Zone'));
  });
});
