import { statuses } from '../lib/http/statuses.ts';
import type { Policy } from '../lib/model/policy.ts';
import { type RuleSlug, ruleSlugs } from '../lib/model/rule-slug.ts';
import { policies as policiesByName } from '../lib/policies/policies.ts';
import { ruleOf } from '../lib/rules/catalog.ts';
import { ours } from '../lib/rules/sources.ts';

const policies = Object.values(policiesByName);

const chapters: Readonly<Record<string, string>> = {
  share: 'Sharing',
  received: 'What a recipient may do',
  owner: 'What the owner may do',
  cancel: 'Cancelling',
  delete: 'Deleting',
  change: 'Asking first',
  account: 'Accounts',
  quota: 'Quota',
  usage: 'Metering',
  audit: 'Records',
  explain: 'Explanation',
};

/** The policies' settings in the order in which they are shown, with what each is about. */
const settings: readonly (readonly [string, (policy: Policy) => string])[] = [
  ['images belong to', ({ principalKind }) => `${principalKind}s`],
  ['recipients per image at one time', ({ recipientsPerImageMax }) => String(recipientsPerImageMax)],
  ['own images per account or project, and region', ({ imagesPerPrincipalMax }) => String(imagesPerPrincipalMax)],
  ['deleting a shared image', ({ deleteWhileShared }) => (deleteWhileShared === 'refuse' ? 'is refused' : 'withdraws it')],
  ['the risk of sharing', ({ riskAcknowledgement }) => (riskAcknowledgement === 'notice' ? 'is told' : 'has to be acknowledged')],
  ['recipients may save', ({ recipientMaySave }) => yesNo(recipientMaySave)],
  ['recipients may leave', ({ recipientMayLeave }) => yesNo(recipientMayLeave)],
  ['lightweight images may be shared', ({ lightweightMayBeShared }) => yesNo(lightweightMayBeShared)],
  [
    'images with data disks',
    ({ dataDisksWhenShared }) =>
      ({ refused: 'are not shared', whole: 'are shared whole', 'system-disk': 'are shared as their system disk' })[
        dataDisksWhenShared
      ],
  ],
  ['encryptions that may be shared', ({ encryptionsThatMayBeShared }) => encryptionsThatMayBeShared.join(', ')],
  ['a shared image may be deprecated', ({ ownerMayDeprecateWhileShared }) => yesNo(ownerMayDeprecateWhileShared)],
  ['ids of images and instances', ({ imageId, instanceId }) => [imageId, instanceId].map(formText).join(', ')],
  ['order in which refusals are answered', ({ sharingRefusals }) => sharingRefusals.map((slug) => `\`${slug}\``).join(' ')],
];

const yesNo = (is: boolean): string => (is ? 'yes' : 'no');
const formText = ({ prefix, length }: Policy['imageId']): string => `\`${prefix}\` + ${length}`;
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(heads), row(heads.map(() => '---')), ...rows.map(row)].join('\n');

function refusalText(slug: RuleSlug): string {
  const { refuses, remedy } = ruleOf(slug);
  return refuses === undefined ? '' : `${refuses.map((code) => `${statuses[code].status} \`${code}\``).join(', ')}. ${remedy}.`;
}

const sources = [...new Set(ruleSlugs.flatMap((slug) => ruleOf(slug).sources))].filter((source) => source !== ours);

/** A rule's sources by their numbers in the list. */
const sourceText = (slug: RuleSlug): string =>
  ruleOf(slug)
    .sources.map((source) => (source === ours ? source.title : String(sources.indexOf(source) + 1)))
    .join(', ');

/** The document of all rules, made of the very objects that decide. */
export function rulesDocument(): string {
  const parts = Object.entries(chapters).map(([prefix, title]) => {
    const slugs = ruleSlugs.filter((slug) => slug.startsWith(`${prefix}.`));
    const rows = slugs.map((slug) => [`\`${slug}\``, ruleOf(slug).says, refusalText(slug), sourceText(slug)]);
    return `## ${title}\n\n${table(['rule', 'what it says', 'refuses with, and what can be done', 'source'], rows)}`;
  });
  return `# Rules

Written by \`npm run docs\` from the rules and policies in \`lib/\`, which also speak in errors and explanations. Sources are
numbered at the end; "This service" marks what no cloud states.

## What differs between the policies

${table(
  ['', ...policies.map(({ name }) => name)],
  settings.map(([what, of]) => [what, ...policies.map(of)]),
)}

${parts.join('\n\n')}

## Sources

${sources.map(({ title }, at) => `${at + 1}. ${title}`).join('\n')}
`;
}
