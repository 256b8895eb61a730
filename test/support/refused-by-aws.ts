/**
 * What DynamoDB on AWS refuses but the embedded DynamoDB accepts, from the API reference, the developer guide, and DynamoDB Local. The
 * embedded one refuses everything else itself, such as reserved words and unused placeholders: see test/table/refused-by-aws.test.ts.
 */
import type { DocumentClient } from '../../lib/table/document-client.ts';

type Values = Readonly<Record<string, unknown>>;
type Names = Readonly<Record<string, string>>;

/** What is checked of a request, or of an operation in a transaction. */
interface Request {
  readonly Item?: Values;
  readonly UpdateExpression?: string;
  readonly ConditionExpression?: string;
  readonly KeyConditionExpression?: string;
  readonly FilterExpression?: string;
  readonly ExpressionAttributeNames?: Names;
  readonly ExpressionAttributeValues?: Values;
  readonly ExclusiveStartKey?: Values;
  readonly ReturnValuesOnConditionCheckFailure?: string;
  readonly TransactItems?: readonly Readonly<Record<string, Request>>[];
}

/** Returns a client that refuses these requests too, with the error of DynamoDB. */
export function refusingLikeAws(client: DocumentClient): DocumentClient {
  const send = async (command: { readonly input: Request }) => {
    const [refusal] = refusalsOf(command.input);
    if (refusal !== undefined) {
      throw Object.assign(new Error(`DynamoDB on AWS refuses ${refusal}`), { name: 'ValidationException' });
    }
    return client.send(command as never);
  };
  return { send: send as unknown as DocumentClient['send'] };
}

function* refusalsOf(request: Request): Generator<string> {
  for (const operation of request.TransactItems ?? []) {
    // API reference, TransactWriteItem.
    if (Object.keys(operation).length > 1) {
      yield `${Object.keys(operation).join(' and ')} in one operation of a transaction`;
    }
    for (const part of Object.values(operation)) {
      yield* refusalsInTransaction(part);
      yield* refusalsOf(part);
    }
  }
  const { Item = {}, ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} } = request;
  // Developer guide, Naming rules.
  if (hasEmptyName(Item) || hasEmptyName(values) || Object.values(names).includes('')) {
    yield 'an empty attribute name';
  }
  yield* Object.entries(Item).flatMap(([name, value]) => refusalOfIndexKey(name, value));
  yield* refusalsOfConditions(request);
  yield* refusalsOfKeyCondition(request);
}

const hasEmptyName = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !(value instanceof Set) &&
  (value instanceof Map ? [...value] : Object.entries(value)).some(([name, part]) => name === '' || hasEmptyName(part));

/** Developer guide, Constraints: Partition keys and sort keys. The embedded DynamoDB checks only those of the table. */
const indexKeyBytesMax: Readonly<Record<string, number>> = { GSI1PK: 2_048, GSI1SK: 1_024 };

const refusalOfIndexKey = (name: string, value: unknown): string[] =>
  typeof value === 'string' && Buffer.byteLength(value) > (indexKeyBytesMax[name] ?? Number.POSITIVE_INFINITY)
    ? [`${name} of ${Buffer.byteLength(value)} bytes`]
    : [];

/** What the embedded DynamoDB refuses, except in transactions. */
function* refusalsInTransaction(operation: Request): Generator<string> {
  const {
    UpdateExpression,
    ConditionExpression = '',
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  } = operation;
  const used = new Set(`${UpdateExpression} ${ConditionExpression}`.match(/[#:]\w+/g));
  for (const placeholders of [names, values].filter((each) => each !== undefined)) {
    const unused = Object.keys(placeholders).filter((placeholder) => !used.has(placeholder));
    if (unused.length > 0 || Object.keys(placeholders).length === 0) {
      yield `placeholders without a use: ${unused}`;
    }
  }
  if (UpdateExpression !== undefined) {
    yield* refusalsOfUpdate(changesOf(UpdateExpression, names ?? {}, values ?? {}));
  }
}

interface Change {
  readonly action: string;
  readonly path: readonly string[];
  /** The last value in it. */
  readonly value: unknown;
}

/** Parses an update expression. */
function changesOf(expression: string, names: Names, values: Values): Change[] {
  // Commas between the arguments of a function separate no changes.
  const text = expression.replace(/\([^()]*\)/g, (args) => args.replaceAll(',', ' '));
  const [, ...clauses] = text.split(/(?<![\w#:.])(SET|REMOVE|ADD|DELETE)(?!\w)/);
  return clauses.flatMap((clause, index) =>
    index % 2 === 0
      ? []
      : clause.split(',').map((change) => ({
          action: clauses[index - 1] as string,
          path: (/[^\s=]+/.exec(change)?.[0] ?? '')
            .replaceAll('[', '.[')
            .split('.')
            .map((name) => names[name] ?? name),
          value: values[change.match(/:\w+/g)?.at(-1) ?? ''],
        })),
  );
}

/** API reference, UpdateItem, and developer guide, Update expressions. */
function* refusalsOfUpdate(changes: readonly Change[]): Generator<string> {
  if (changes.length === 0) {
    yield 'an empty UpdateExpression';
  }
  for (const change of changes) {
    const { action, path, value } = change;
    const [attribute = ''] = path;
    if (attribute === 'PK' || attribute === 'SK') {
      yield `an update of ${attribute}, which is a part of the key`;
    }
    if (changes.some((other) => other !== change && path.every((name, index) => other.path[index] === name))) {
      yield `two changes of ${path.join('.')}`;
    }
    if (
      (action === 'ADD' && typeof value !== 'number' && !(value instanceof Set)) ||
      (action === 'DELETE' && !(value instanceof Set))
    ) {
      yield `${action} of a value that is ${typeof value}`;
    }
    yield* refusalOfIndexKey(attribute, value);
  }
}

/** Developer guide, Condition and filter expressions, and Constraints: Expression parameters. */
function* refusalsOfConditions(request: Request): Generator<string> {
  const { ConditionExpression = '', FilterExpression = '', ExpressionAttributeValues: values = {} } = request;
  const condition = `${ConditionExpression} ${FilterExpression}`;
  for (const [range, from = '', to = ''] of condition.matchAll(/BETWEEN (:\w+) AND (:\w+)/g)) {
    const [first, last] = [values[from], values[to]] as [number, number];
    if (typeof first !== typeof last || first > last) {
      yield `${range} if these are ${first} and ${last}`;
    }
  }
  for (const [comparison, value = ''] of condition.matchAll(/ [<>]=? (:\w+)/g)) {
    if (!['string', 'number'].includes(typeof values[value])) {
      yield `${comparison} if that is ${typeof values[value]}`;
    }
  }
  if (Array.from(condition.matchAll(/(?<!:)\b(AND|OR|NOT|BETWEEN|IN)\b|[<=>]+|\w+\(/g)).length > 300) {
    yield 'over 300 operators';
  }
  if (condition.match(/ IN \([^)]*/g)?.some((list) => list.split(',').length > 100)) {
    yield 'over 100 operands';
  }
  if (!['ALL_OLD', 'NONE', undefined].includes(request.ReturnValuesOnConditionCheckFailure)) {
    yield `ReturnValuesOnConditionCheckFailure ${request.ReturnValuesOnConditionCheckFailure}`;
  }
}

/** API reference, Query. All keys are strings. */
function* refusalsOfKeyCondition(request: Request): Generator<string> {
  const { KeyConditionExpression: condition = '', ExpressionAttributeNames: names = {}, ExclusiveStartKey: start } = request;
  const values = (request.ExpressionAttributeValues ?? {}) as Names;
  const isText = (value: unknown) => typeof value === 'string' && value !== '';
  for (const [placeholder] of condition.matchAll(/:\w+/g)) {
    if (!isText(values[placeholder])) {
      yield `${placeholder} as a key, because it is ${JSON.stringify(values[placeholder])}`;
    }
  }
  if (start === undefined || condition === '') {
    return;
  }
  if (!Object.values(start).every(isText)) {
    yield 'an ExclusiveStartKey with an empty value';
  }
  // The comma is that of begins_with.
  for (const [, name = '', operator = '', from = '', to = ''] of condition.matchAll(
    /([\w#]+)(,| =| <=?| >=?| BETWEEN) (:\w+)(?: AND (:\w+))?/g,
  )) {
    const [at, first, last] = [start[names[name] ?? name] as string, values[from] as string, values[to] as string];
    const isIn: Readonly<Record<string, boolean>> = {
      ',': at.startsWith(first),
      ' =': at === first,
      ' <': at < first,
      ' <=': at <= first,
      ' >': at > first,
      ' >=': at >= first,
      ' BETWEEN': at >= first && at <= last,
    };
    if (isIn[operator] !== true) {
      yield `an ExclusiveStartKey with ${name} "${at}", which the KeyConditionExpression excludes`;
    }
  }
}
