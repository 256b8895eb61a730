/** Scenarios as they stand in the YAML files beside this one. */
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { errorCodes } from '../../lib/model/error.ts';
import { Encryption, Product } from '../../lib/model/image.ts';
import { ruleSlugs } from '../../lib/model/rule-slug.ts';
import { policies } from '../support/builders.ts';
import { expanded } from './names.ts';

export const policyNames = policies.map(({ name }) => name);

/** A list of names, in which `h01..h50` stands for fifty of them. */
const Names = z.array(z.string()).transform((names) => names.flatMap(expanded));

const Fields = z.record(z.string(), z.unknown());

const PutImage = z.strictObject({
  owner: z.string(),
  /** Default: the name that the scenario has for it. */
  name: z.string().optional(),
  description: z.string().optional(),
  sizeGiB: z.int().default(20),
  disks: z.array(z.strictObject({ sizeGiB: z.int() })).optional(),
  product: Product.optional(),
  encryption: Encryption.optional(),
  tags: z.record(z.string(), z.string()).optional(),
  state: z.enum(['pending', 'available']).optional(),
  /** Made in the policy's other region. */
  isElsewhere: z.boolean().default(false),
  sharedWith: Names.default([]),
});

/** What is there before the first step. It comes about by calls of the API, so that it is the same on every target. */
const Given = z.strictObject({
  /** Each with a project, as which it acts where projects hold images. */
  accounts: Names.default(['owner', 'friend', 'guest']),
  /** Accounts that nobody has made known. */
  unknown: Names.default([]),
  /** Further projects, each with the account that it is of. */
  projects: z.record(z.string(), z.string()).default({}),
  images: z.record(z.string(), PutImage).default({}),
  /** Public images, by name. */
  publicImages: z.array(z.string()).default([]),
  /** For how many more images a principal has room in the region. */
  imagesLeft: z.record(z.string(), z.int()).default({}),
});

/** A problem document as far as a scenario names it. */
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

/** A call of an action by name. A region that its path wants is the policy's first unless the call states it. */
const Call = z
  .strictObject({
    /** An account, or `compute` or `operator` for those scopes. */
    as: z.string(),
    /** Another project than the account's own, as which it acts; null for a token that is not limited to a project. */
    project: z.string().nullable().optional(),
    call: z.string(),
    with: Fields.default({}),
    dryRun: z.literal(true).optional(),
    /** What has to be in the answer. */
    answers: z.unknown().optional(),
    /** The same, for what follows within a second or so: the call is repeated until it is there. */
    eventually: z.unknown().optional(),
    refused: Refusal.optional(),
    /** Names for parts of the answer, by their paths in it; "." is all of it. */
    keep: z.record(z.string(), z.string()).default({}),
  })
  .refine(
    ({ answers, eventually, refused }) => [answers, eventually, refused].filter((one) => one !== undefined).length < 2,
    'states more than one outcome',
  );

/** Lets time go by: `60s`, `999ms`, `2h`, `1d`. */
const Pass = z.strictObject({ pass: z.string().regex(/^\d+(ms|s|m|h|d)$/) });

/** Runs the scheduled clean-up. */
const CleanUp = z.strictObject({ cleanUp: z.literal(true) });

/** What the table holds of an image's shares, whether or not it grants anything: entries of its list, and items. */
const Remains = z.strictObject({ remains: z.strictObject({ of: z.string(), entries: Names, items: Names }) });

const Step = z.unknown().transform((step, context): Call | Pass | CleanUp | Remains => {
  const has = (name: string) => typeof step === 'object' && step !== null && name in step;
  const schema = has('pass') ? Pass : has('cleanUp') ? CleanUp : has('remains') ? Remains : Call;
  const result = schema.safeParse(step);
  if (!result.success) {
    for (const { path, message } of result.error.issues) {
      context.addIssue({ code: 'custom', path, message });
    }
    return z.NEVER;
  }
  return result.data;
});

/** `yes`: the rule grants, shows or keeps. `no`: it refuses or withholds. */
const sides = ['yes', 'no'] as const;
export type Side = (typeof sides)[number];
const Sides = z.union([z.enum(sides), z.tuple([z.literal('yes'), z.literal('no')])]).transform((stated) => [stated].flat());

const Scenario = z.strictObject({
  name: z.string(),
  policies: z
    .array(z.enum(policyNames as [string, ...string[]]))
    .min(1)
    .default(policyNames),
  /** The rules that it shows at work. */
  proves: z.partialRecord(z.enum(ruleSlugs), Sides),
  given: Given.prefault({}),
  steps: z.array(Step).min(1),
});

const File = z.strictObject({ scenarios: z.array(Scenario) });

export type Call = z.output<typeof Call>;
type Pass = z.output<typeof Pass>;
type CleanUp = z.output<typeof CleanUp>;
type Remains = z.output<typeof Remains>;
export type Step = z.output<typeof Step>;
export type Given = z.output<typeof Given>;
export type Scenario = z.output<typeof Scenario> & { readonly file: string };

const folder = new URL('./', import.meta.url);

/** Every scenario, in the order of the files' names. Throws what is wrong in a file, with its path in there. */
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
