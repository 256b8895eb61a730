/** The checks that kill work half-way: in this process after each commit, and the processes of `npm start` at random moments. */
import { addUp, type Check, type Size } from './check.ts';
import { playCrashes } from './crashes.ts';
import { playKills, playTwice } from './interruptions.ts';
import type { Part } from './npm-start.ts';

/** Of each job. */
const runsAtOnce: Readonly<Record<Size, number>> = { short: 10, full: 1_000, deep: 10_000 };

const parts: readonly Part[] = ['database', 'API', 'npm start'];

/** `crashes` is how often a part of `npm start` is killed, by default 50 times. */
export const crashChecks = (size: Size, crashes = 50): Check[] => [
  {
    name: 'jobs killed after each commit, not repeated',
    mustFail: true,
    run: () => addUp((fixture) => playKills(fixture, false)),
  },
  { name: 'jobs killed after each commit', run: () => addUp((fixture) => playKills(fixture)) },
  { name: 'jobs run twice at once', run: () => addUp((fixture) => playTwice(fixture, runsAtOnce[size])) },
  ...(size === 'short'
    ? []
    : [
        {
          name: 'crashes, database that loses its last writes',
          mustFail: true,
          run: () => playCrashes('npm start', { rounds: 1, losesWrites: true }),
        },
        ...parts.map((part, index) => ({
          name: `crashes of ${part === 'npm start' ? part : `the ${part}`}`,
          run: () => playCrashes(part, { rounds: Math.floor((crashes + index) / parts.length) }),
        })),
      ]),
];
