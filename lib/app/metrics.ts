import { logger } from './process.ts';

/** The metrics that log lines carry. docs/operations.md says what each costs: every value of a dimension costs like a metric. */
const metrics = {
  /** Refused calls, by rule. */
  Refusals: { unit: 'Count', dimensions: ['rule'] },
  /** How often a call waited, because the table was busy or other changes came first. */
  Retries: { unit: 'Count', dimensions: [] },
  SharesMade: { unit: 'Count', dimensions: [] },
  SharesEnded: { unit: 'Count', dimensions: [] },
  /** Recipients of an image that was just shared, as a percentage of the sharing limit. */
  CapUsed: { unit: 'Percent', dimensions: [] },
} as const;

type Values = { readonly [Name in keyof typeof metrics]?: number };

/**
 * Returns fields that make a log line carry metrics, in the embedded metric format, which CloudWatch reads. The line also needs
 * the fields of the metrics' dimensions. Without METRICS_NAMESPACE, as on a laptop, and without values, returns no fields.
 */
export function metricFields(values: Values): object {
  // Read here, because calls are also logged if the configuration is invalid.
  const namespace = process.env['METRICS_NAMESPACE'];
  const names = (Object.keys(values) as (keyof Values)[]).filter((name) => values[name] !== undefined);
  if (!namespace || names.length === 0) {
    return {};
  }
  const directives = names.map((name) => ({
    Namespace: namespace,
    Dimensions: [metrics[name].dimensions],
    Metrics: [{ Name: name, Unit: metrics[name].unit }],
  }));
  return { ...values, _aws: { Timestamp: Date.now(), CloudWatchMetrics: directives } };
}

/** Logs how many shares a change of an image made and ended, if there are metrics. */
export function logShares(values: Pick<Values, 'SharesMade' | 'SharesEnded' | 'CapUsed'>): void {
  const fields = metricFields(values);
  if ('_aws' in fields) {
    logger.info('Shares changed', fields);
  }
}
