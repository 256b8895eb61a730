import { runInstances } from '../../functions/run-instance.ts';
import { commonCodes } from '../../lib/app/action.ts';
import { actions } from '../../scripts/actions.ts';

describe('actions', () => {
  it('declare in `refuses` only codes that commonCodes does not have, each once', async () => {
    const all = [...(await actions()).map(({ action }) => action), runInstances];

    const repeated = all.flatMap((action) => {
      const codes = [...action.refuses, ...commonCodes(action)];
      return codes.filter((code, index) => codes.indexOf(code) < index).map((code) => `${action.name}: ${code}`);
    });

    expect(all.length).toBeGreaterThan(30);
    expect(repeated).toEqual([]);
  });
});
