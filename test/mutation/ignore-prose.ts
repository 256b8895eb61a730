import type { Ignorer, NodePath } from '@stryker-mutator/api/ignore';
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** The parts of a syntax tree that are used here. */
interface Node {
  readonly type: string;
  readonly value?: unknown;
  readonly quasis?: readonly { readonly value: { readonly raw: string } }[];
  readonly expressions?: readonly Node[];
}

/** Whether a text is an expression of DynamoDB. */
const isExpression = (text: string): boolean => /(^|[ (])[:#]\w|attribute_|\b(SET|ADD|REMOVE|DELETE|AND|OR|NOT) /.test(text);

/** Whether the node is a text with several words. */
const isProse = ({ type, value, quasis = [], expressions = [] }: Node): boolean =>
  (type === 'StringLiteral' && String(value).includes(' ') && !isExpression(String(value))) ||
  (type === 'TemplateLiteral' &&
    quasis.some(({ value: { raw } }) => / \w/.test(raw)) &&
    !quasis.some(({ value: { raw } }) => isExpression(raw)) &&
    // Otherwise the mutants of a decision in the text would be left out with it.
    expressions.every((expression) => ['Identifier', 'MemberExpression', 'CallExpression'].includes(expression.type)));

const ignorer: Ignorer = {
  shouldIgnore: (path: NodePath & { readonly node?: Node }) =>
    path.node !== undefined && isProse(path.node)
      ? 'A text for people: tests check the code and the rule of a refusal, and its text where it matters'
      : undefined,
};

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'prose', ignorer)];
