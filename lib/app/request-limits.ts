/**
 * Limits for the clients of AWS. Without them, a request without a response would wait until the function times out. The SDK
 * sends such a request again, up to three times in all.
 */
export const requestLimits = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
} as const;
