import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { HolderStep, ImageChange, ImageExpectation, Step } from '../model/plan.ts';
import * as items from './items.ts';
import * as keys from './keys.ts';

/** One item of a TransactWriteItems call. */
export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

const doesNotExist = 'attribute_not_exists(PK)';
const askForOld = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;

/** Collects the names and values of one expression under short placeholders: DynamoDB takes 4 KB an expression. */
class Placeholders {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, unknown> = {};
  readonly #byName = new Map<string, string>();

  name(name: string): string {
    const known = this.#byName.get(name);
    if (known !== undefined) {
      return known;
    }
    const placeholder = `#${this.#byName.size.toString(36)}`;
    this.#byName.set(name, placeholder);
    this.names[placeholder] = name;
    return placeholder;
  }

  value(value: unknown): string {
    const placeholder = `:${Object.keys(this.values).length.toString(36)}`;
    this.values[placeholder] = value;
    return placeholder;
  }

  get attributes() {
    return {
      ...(Object.keys(this.names).length > 0 && { ExpressionAttributeNames: this.names }),
      ...(Object.keys(this.values).length > 0 && { ExpressionAttributeValues: this.values }),
    };
  }
}

function imageCondition(expect: ImageExpectation, words: Placeholders): string {
  // DynamoDB refuses a name that no expression uses, so the map's is taken only where it is.
  const map = () => words.name('recipients');
  const entry = (recipient: string) => `${map()}.${words.name(recipient)}`;
  const exists = 'attribute_exists(PK)';
  const hasNotEnded = `attribute_not_exists(${words.name('endedAt')})`;
  const isInState = expect.state !== undefined ? [`${words.name('state')} = ${words.value(expect.state)}`] : [];
  const mapIsExactly = expect.exactly !== undefined ? [`${map()} = ${words.value(expect.exactly)}`] : [];
  const hasRoom = expect.entriesAtMost !== undefined ? [`size(${map()}) <= ${words.value(expect.entriesAtMost)}`] : [];
  const entriesAreAsSeen = Object.entries(expect.entries ?? {}).map(
    ([recipient, end]) => `${entry(recipient)} = ${words.value(end)}`,
  );
  const strangersAreAbsent = (expect.absent ?? []).map((recipient) => `attribute_not_exists(${entry(recipient)})`);
  return [exists, hasNotEnded, ...isInState, ...mapIsExactly, ...hasRoom, ...entriesAreAsSeen, ...strangersAreAbsent].join(
    ' AND ',
  );
}

function imageUpdate(step: Extract<Step, { do: 'change-image' }>, words: Placeholders): string {
  const { details, entries, drop = [], endedAt }: ImageChange = step.change;
  const entry = (recipient: string) => `${words.name('recipients')}.${words.name(recipient)}`;
  const attributes = {
    ...details,
    ...(endedAt !== undefined && items.endedAttributes({ ...step.key, owner: step.owner }, endedAt)),
  };
  const sets = [
    ...Object.entries(attributes).map(([name, value]) => `${words.name(name)} = ${words.value(value)}`),
    ...Object.entries(entries ?? {}).map(([recipient, end]) => `${entry(recipient)} = ${words.value(end)}`),
  ];
  const one = words.value(1);
  return [
    ...(sets.length > 0 ? [`SET ${sets.join(', ')}`] : []),
    ...(drop.length > 0 ? [`REMOVE ${drop.map(entry).join(', ')}`] : []),
    `ADD ${words.name('revision')} ${one}${details === undefined ? '' : `, ${words.name('detailsRevision')} ${one}`}`,
  ].join(' ');
}

/** Writes one step as the item of a transaction. */
export function transactItem(step: Step, TableName: string): TransactItem {
  switch (step.do) {
    case 'create-image':
      return { Put: { TableName, Item: items.imageItem(step.image), ConditionExpression: doesNotExist } };
    case 'change-image': {
      const words = new Placeholders();
      return {
        Update: {
          TableName,
          Key: keys.imageKey(step.key),
          UpdateExpression: imageUpdate(step, words),
          ConditionExpression: imageCondition(step.expect, words),
          ...words.attributes,
          ...askForOld,
        },
      };
    }
    case 'empty-ended-image':
      return {
        Update: {
          TableName,
          Key: keys.imageKey(step.key),
          UpdateExpression: 'SET recipients = :empty',
          ConditionExpression: 'attribute_exists(endedAt)',
          ExpressionAttributeValues: { ':empty': {} },
        },
      };
    case 'put-share':
      return { Put: { TableName, Item: items.shareItem(step.share) } };
    case 'remove-share':
      return {
        Delete: {
          TableName,
          Key: keys.shareKey(step.key, step.recipient),
          ...(step.recordId !== undefined && {
            ConditionExpression: 'recordId = :recordId',
            ExpressionAttributeValues: { ':recordId': step.recordId },
          }),
        },
      };
    case 'count-image':
      return countImage(step, TableName);
    case 'correct-count':
      return {
        Update: {
          TableName,
          Key: keys.quotaKey(step),
          UpdateExpression: 'SET used = :used ADD changes :one',
          ConditionExpression: step.seenChanges === 0 ? 'attribute_not_exists(changes)' : 'changes = :seen',
          ExpressionAttributeValues: {
            ':used': step.used,
            ':one': 1,
            ...(step.seenChanges > 0 && { ':seen': step.seenChanges }),
          },
        },
      };
    case 'require-no-images':
      return {
        ConditionCheck: {
          TableName,
          Key: keys.quotaKey(step),
          ConditionExpression: 'attribute_not_exists(PK) OR used = :none',
          ExpressionAttributeValues: { ':none': 0 },
        },
      };
    case 'require-open':
      return { ConditionCheck: { TableName, Key: keys.holderKey(step.kind, step.holder), ...whileOpen() } };
    case 'put-record':
      return { Put: { TableName, Item: items.recordItem(step.record) } };
    case 'put-due':
      return { Put: { TableName, Item: items.dueItem(step.due) } };
    case 'remove-due':
      return { Delete: { TableName, Key: keys.dueKey(step.due) } };
    case 'keep-answer':
      return {
        Put: {
          TableName,
          Item: items.keptItem(step.kept),
          ConditionExpression: `${doesNotExist} OR expiresAt <= :now`,
          ExpressionAttributeValues: { ':now': Math.floor(step.now.getTime() / 1_000) },
        },
      };
    default:
      return holderItem(step, TableName);
  }
}

const whileOpen = (values: Record<string, unknown> = {}, also: readonly string[] = []) => ({
  ConditionExpression: ['#state = :open', ...also].join(' AND '),
  ExpressionAttributeNames: { '#state': 'state' },
  ExpressionAttributeValues: { ':open': 'open', ...values },
});

function holderItem(step: HolderStep, TableName: string): TransactItem {
  switch (step.do) {
    case 'create-account':
      return { Put: { TableName, Item: items.accountItem(step.account), ConditionExpression: doesNotExist } };
    case 'rename-account':
      return renaming(keys.accountKey(step.accountId), step.name, TableName);
    case 'close-account':
      return {
        Update: {
          TableName,
          Key: keys.accountKey(step.accountId),
          UpdateExpression: 'SET #state = :closed',
          ...whileOpen({ ':closed': 'closed', ':none': 0 }, ['openProjects = :none']),
        },
      };
    case 'create-project':
      return { Put: { TableName, Item: items.projectItem(step.project), ConditionExpression: doesNotExist } };
    case 'adopt-project':
      return {
        Update: {
          TableName,
          Key: keys.accountKey(step.project.account),
          UpdateExpression: 'SET defaultProject = if_not_exists(defaultProject, :project) ADD openProjects :one',
          ...whileOpen({ ':project': step.project.projectId, ':one': 1 }),
        },
      };
    case 'correct-projects':
      return {
        Update: {
          TableName,
          Key: keys.accountKey(step.accountId),
          UpdateExpression: 'SET openProjects = :counted',
          ...whileOpen({ ':counted': step.openProjects, ':seen': step.seen }, ['openProjects = :seen']),
        },
      };
    case 'rename-project':
      return renaming(keys.projectKey(step.projectId), step.name, TableName);
    case 'close-project':
      return {
        Update: {
          TableName,
          Key: keys.projectKey(step.projectId),
          UpdateExpression: 'SET #state = :closed',
          ...whileOpen({ ':closed': 'closed' }),
        },
      };
    case 'release-project':
      return {
        Update: {
          TableName,
          Key: keys.accountKey(step.accountId),
          UpdateExpression: `${step.wasDefault ? 'REMOVE defaultProject ' : ''}ADD openProjects :less`,
          ...whileOpen({ ':project': step.projectId, ':less': -1 }, [
            step.wasDefault
              ? 'defaultProject = :project'
              : '(attribute_not_exists(defaultProject) OR defaultProject <> :project)',
          ]),
        },
      };
  }
}

const renaming = (Key: keys.Key, name: string, TableName: string): TransactItem => {
  const { ExpressionAttributeNames, ...open } = whileOpen({ ':name': name });
  return {
    Update: {
      TableName,
      Key,
      UpdateExpression: 'SET #name = :name',
      ...open,
      ExpressionAttributeNames: { ...ExpressionAttributeNames, '#name': 'name' },
    },
  };
};

function countImage({ region, holder, by, atMost }: Extract<Step, { do: 'count-image' }>, TableName: string): TransactItem {
  const hasNone = 'attribute_not_exists(used)';
  return {
    Update: {
      TableName,
      Key: keys.quotaKey({ region, holder }),
      UpdateExpression: 'ADD used :by, changes :one',
      ConditionExpression: atMost === undefined ? 'used >= :least' : `${hasNone} OR used < :most`,
      ExpressionAttributeValues: { ':by': by, ':one': 1, ...(atMost === undefined ? { ':least': -by } : { ':most': atMost }) },
      ...askForOld,
    },
  };
}
