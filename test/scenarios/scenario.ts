/** Loads the scenarios from the YAML files in this folder. */
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { errorCodes } from '../../lib/model/error.ts';
import { Encryption, Product } from '../../lib/model/image.ts';
import { ruleSlugs } from '../../lib/model/rule-slug.ts';
import { policies } from '../support/builders.ts';
import { expandRange } from './names.ts';

export const policyNames = policies.map(({ name }) => name);

/** A list of names, in which `h01..h50` stands for 50 names. */
const Names = z.array(z.string()).transform((names) => names.flatMap(expandRange));

const Fields = z.record(z.string(), z.unknown());

const PutImage = z.strictObject({
  owner: z.string(),
  /** Default: the image's name in the scenario. */
  name: z.string().optional(),
  description: z.string().optional(),
  sizeGiB: z.int().default(20),
  disks: z.array(z.strictObject({ sizeGiB: z.int() })).optional(),
  product: Product.optional(),
  encryption: Encryption.optional(),
  tags: z.record(z.string(), z.string()).optional(),
  state: z.enum(['pending', 'available']).optional(),
  /** Whether the image is created in the policy's other region. */
  inOtherRegion: z.boolean().default(false),
  sharedWith: Names.default([]),
});

/** The state before the first step. It is set up by API calls, so that it is the same on every target. */
const Given = z.strictObject({
  /** Accounts, each with a project, which is the principal under policies with project principals. */
  accounts: Names.default(['owner', 'friend', 'guest']),
  /** Names for accounts that do not exist. */
  unknown: Names.default([]),
  /** Additional projects, each with its account. */
  projects: z.record(z.string(), z.string()).default({}),
  images: z.record(z.string(), PutImage).default({}),
  /** Public images, by name. */
  publicImages: z.array(z.string()).default([]),
  /** How many more images each principal can have in the region. */
  imagesLeft: z.record(z.string(), z.int()).default({}),
  /** How many more entries the address book of each account can have. */
  addressBookLeft: z.record(z.string(), z.int()).default({}),
});

/** The fields of a problem document that a scenario can check. */
const Refusal = z.strictObject({
  code: z.enum(errorCodes),
  rule: z.enum(ruleSlugs).optional(),
  detail: z.string().optional(),
  cap: z.unknown().optional(),
  used: z.unknown().optional(),
  remaining: z.unknown().optional(),
  recipients: z.unknown().optional(),
  offenders: z.unknown().optional(),
});

/** A call of an action by name. The region defaults to the first region of the policy. */
const Call = z
  .strictObject({
    /** An account, or `compute` or `operator` for those scopes. */
    as: z.string(),
    /** The project to act as, instead of the account's default project. Null: a token that is not limited to a project. */
    project: z.string().nullable().optional(),
    call: z.string(),
    with: Fields.default({}),
    dryRun: z.literal(true).optional(),
    /** Expected parts of the response. */
    returns: z.unknown().optional(),
    /** The same for asynchronous effects: the call is repeated until the response matches. */
    eventually: z.unknown().optional(),
    refused: Refusal.optional(),
    /** Names for parts of the response, by their path; "." is the whole response. */
    save: z.record(z.string(), z.string()).default({}),
  })
  .refine(
    ({ returns, eventually, refused }) => [returns, eventually, refused].filter((one) => one !== undefined).length < 2,
    'A step can state only one outcome',
  );

/** Advances the clock: `60s`, `999ms`, `2h`, `1d`. */
const Advance = z.strictObject({ advance: z.string().regex(/^\d+(ms|s|m|h|d)$/) });

/** Runs the scheduled clean-up. */
const CleanUp = z.strictObject({ cleanUp: z.literal(true) });

/** The stored shares of an image, effective or not: the entries of its recipient map, and the share items. */
const Stored = z.strictObject({ stored: z.strictObject({ of: z.string(), entries: Names, items: Names }) });

const Step = z.unknown().transform((step, context): Call | Advance | CleanUp | Stored => {
  const has = (name: string) => typeof step === 'object' && step !== null && name in step;
  const schema = has('advance') ? Advance : has('cleanUp') ? CleanUp : has('stored') ? Stored : Call;
  const result = schema.safeParse(step);
  if (!result.success) {
    for (const { path, message } of result.error.issues) {
      context.addIssue({ code: 'custom', path, message });
    }
    return z.NEVER;
  }
  return result.data;
});

/** `yes`: the rule grants, shows, or retains something. `no`: it refuses or withholds it. */
const sides = ['yes', 'no'] as const;
export type Side = (typeof sides)[number];
const Sides = z.union([z.enum(sides), z.tuple([z.literal('yes'), z.literal('no')])]).transform((value) => [value].flat());

const Scenario = z.strictObject({
  name: z.string(),
  policies: z
    .array(z.enum(policyNames as [string, ...string[]]))
    .min(1)
    .default(policyNames),
  /** The rules that the scenario demonstrates. */
  proves: z.partialRecord(z.enum(ruleSlugs), Sides),
  given: Given.prefault({}),
  steps: z.array(Step).min(1),
});

const File = z.strictObject({ scenarios: z.array(Scenario) });

export type Call = z.output<typeof Call>;
type Advance = z.output<typeof Advance>;
type CleanUp = z.output<typeof CleanUp>;
type Stored = z.output<typeof Stored>;
export type Step = z.output<typeof Step>;
export type Given = z.output<typeof Given>;
export type Scenario = z.output<typeof Scenario> & { readonly file: string };

const folder = new URL('./', import.meta.url);

/** Every scenario, in order of file name. Throws if a file is invalid, with the path of the fault. */
export const scenarios: readonly Scenario[] = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .sort()
  .flatMap((file) => {
    const result = File.safeParse(parse(readFileSync(new URL(file, folder), 'utf8')));
    if (!result.success) {
      throw new Error(`${file}:\n${z.prettifyError(result.error)}`);
    }
    return result.data.scenarios.map((scenario) => ({ file, ...scenario }));
  });
