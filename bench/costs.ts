import { measureCosts } from './costs/measure.ts';
import { withDynamoDB } from './dynamodb.ts';
import type { Part } from './part.ts';

export const costs: Part = {
  title: 'Costs',
  about: 'The requests of each call to DynamoDB, and the read and write units that DynamoDB reports for them.',
  run: () =>
    withDynamoDB(async ({ plainClient, freshTable }) => {
      const measured = await measureCosts(async () => ({ client: plainClient(), table: await freshTable() }));
      return {
        tables: [
          {
            name: 'costs',
            title: 'Requests and units of each call',
            columns: ['call', 'requests', 'read units', 'write units'],
            rows: [...measured].map(([name, { requests, reads, writes }]) => [name, requests, reads, writes]),
          },
        ],
      };
    }),
};
