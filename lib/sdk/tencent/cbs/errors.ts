import type { WireErrors } from '../../wire.ts';
import { cvmErrors } from '../cvm/errors.ts';
import { wrongParameterWith } from '../error-codes.ts';

/** Errors of CBS, which has no codes of its own for invalid parameters of DescribeSnapshots. Source: the SDK for Go. */
export const cbsErrors: WireErrors = { ...cvmErrors, wrongParameter: wrongParameterWith({}) };
