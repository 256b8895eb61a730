/** What calls cost on AWS: list prices, and what else the estimate assumes. */
import type { Cost } from './meter.ts';

interface Price {
  readonly what: string;
  readonly dollars: number;
  readonly per: string;
  /** When the price was last seen there, or since when it holds. */
  readonly date: string;
  readonly source: string;
}

/** List prices in us-east-1, without free tiers, discounts, and taxes. */
export const prices = {
  read: {
    what: 'DynamoDB on demand, read request units',
    dollars: 0.125,
    per: 'million',
    date: 'since 2024-11-01',
    source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  },
  write: {
    what: 'DynamoDB on demand, write request units',
    dollars: 0.625,
    per: 'million',
    date: 'since 2024-11-01',
    source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  },
  gateway: {
    what: 'API Gateway, requests of an HTTP API',
    dollars: 1,
    per: 'million',
    date: '2026',
    source: 'https://aws.amazon.com/api-gateway/pricing/',
  },
  invocation: {
    what: 'Lambda, requests',
    dollars: 0.2,
    per: 'million',
    date: '2026',
    source: 'https://aws.amazon.com/lambda/pricing/',
  },
  compute: {
    what: 'Lambda, arm64',
    dollars: 13.3334,
    per: 'million GB-seconds',
    date: '2026',
    source: 'https://aws.amazon.com/lambda/pricing/',
  },
  logs: {
    what: 'CloudWatch Logs, collected data',
    dollars: 0.5,
    per: 'GB',
    date: '2026',
    source: 'https://aws.amazon.com/cloudwatch/pricing/',
  },
  traces: {
    what: 'X-Ray, recorded traces',
    dollars: 5,
    per: 'million',
    date: '2026',
    source: 'https://aws.amazon.com/xray/pricing/',
  },
} as const satisfies Record<string, Price>;

/** What can't be measured on this machine. */
const assumed = {
  /** The time that a warm function takes besides its requests to DynamoDB, and for each of those. */
  msOfCall: 10,
  msOfRequest: 8,
  /** The line of the call, Lambda's own lines, and the gateway's. */
  logBytes: 900,
  /** X-Ray's default rule records the first call of each second and this share of the others. */
  traced: 0.05,
} as const;

export const assumptions = `Assumed: ${assumed.msOfCall} ms for each call plus ${assumed.msOfRequest} ms for each of its requests to DynamoDB, ${assumed.logBytes} bytes of logs, and ${assumed.traced * 100} % of the calls traced. Not included: storage, data transfer, and the work on the stream, which has rows of its own.`;

const requestsOf = ({ requests }: Cost): number =>
  requests === 'none' ? 0 : requests.split(' + ').reduce((sum, text) => sum + (Number.parseInt(text, 10) || 1), 0);

/** Dollars for a million times these units. */
export const dynamoDBDollars = ({ reads, writes }: Cost): number => reads * prices.read.dollars + writes * prices.write.dollars;

/** Dollars for a million of these calls, with everything that a call over HTTP needs, of a function with so much memory. */
export function callDollars(cost: Cost, memoryMiB: number): number {
  const seconds = (assumed.msOfCall + assumed.msOfRequest * requestsOf(cost)) / 1_000;
  return (
    dynamoDBDollars(cost) +
    prices.gateway.dollars +
    prices.invocation.dollars +
    seconds * (memoryMiB / 1_024) * prices.compute.dollars +
    (assumed.logBytes / 1_000) * prices.logs.dollars +
    assumed.traced * prices.traces.dollars
  );
}
