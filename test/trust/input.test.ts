import { checkInput } from './input/check.ts';

it('no request causes an internal error, and every refusal says what is wrong', async () => {
  const { rounds, violations } = await checkInput(4_000, 1);

  expect(rounds).toBe(4_000);
  expect(violations).toEqual([]);
});
