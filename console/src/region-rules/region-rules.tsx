import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import HelpPanel from '@cloudscape-design/components/help-panel';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { RegionInfo } from '../api/client.ts';
import type { ProblemDocument } from '../api/problem.ts';
import { RuleLink } from '../components/rule-link.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { regionRulesTexts, type Setting } from './texts.ts';

type Rule = NonNullable<ProblemDocument['rule']>;

/** The rule that reads each setting, in the order of the panel. A setting without a rule here doesn't compile. */
const ruleOf: Readonly<Record<Setting, Rule>> = {
  principalKind: 'share.recipient-exists',
  recipientsPerImageMax: 'share.cap',
  riskAcknowledgement: 'share.acknowledge',
  pendingMayBeShared: 'share.custom-only',
  dataDisksWhenShared: 'share.data-disks',
  encryptionsThatMayBeShared: 'share.encrypted',
  lightweightMayBeShared: 'share.lightweight',
  deleteWhileShared: 'delete.guard',
  ownerMayDeprecateWhileShared: 'owner.deprecates',
  recipientMaySave: 'received.save',
  recipientMayLeave: 'received.leave',
  imagesPerPrincipalMax: 'quota.images',
};

const withdrawal: Rule = 'delete.withdraw';

const ruleIn = (region: RegionInfo, setting: Setting): Rule =>
  setting === 'deleteWhileShared' && region.deleteWhileShared === 'withdraw' ? withdrawal : ruleOf[setting];

/** What applies in the chosen region, and what is different elsewhere. */
export default function RegionRules() {
  const texts = useTexts(regionRulesTexts);
  const { region, regions } = useWorkspace();
  const sentenceOf = <Name extends Setting>(name: Name): string => texts.sentences[name](region[name], region.principalKind);
  const isDifferent = (name: Setting): boolean =>
    regions.some((other) => JSON.stringify(other[name]) !== JSON.stringify(region[name]));
  return (
    <HelpPanel header={<h2>{texts.title(region.region)}</h2>}>
      <SpaceBetween size="l">
        <Box>{texts.intro}</Box>
        {(Object.keys(ruleOf) as Setting[]).map((name) => (
          <div key={name}>
            <Box>{sentenceOf(name)}</Box>
            {isDifferent(name) && <Badge>{texts.differs}</Badge>} <RuleLink rule={ruleIn(region, name)} />
          </div>
        ))}
      </SpaceBetween>
    </HelpPanel>
  );
}
