import { type CallFields, type Fields, fieldsOf } from '../fields.ts';
import type { HttpCall } from '../preview.ts';
import { commandOf, word } from '../shell.ts';
import type { CloudCall, CommandLine, Route } from './command-line.ts';
import { FieldReader, flatParameters, valueFor, valuesFor } from './parameters.ts';

/** What the command-line tool of a cloud makes of calls of the HTTP API. */
export interface Commands {
  readonly commands: readonly string[];
  /** Whether the cloud has no call for one of the calls. */
  readonly hasNoCall: boolean;
  /** The fields because of which one of the calls has no command. */
  readonly missing: readonly string[];
  /** Whether one of the calls takes several commands. */
  readonly isStepwise: boolean;
  /** Whether one of the calls checks the revision of the image, which no command does. */
  readonly hasRevision: boolean;
}

/** The region is an option of every command, and the calls of the clouds always acknowledge the risk. */
const alwaysExpressed: readonly string[] = ['region', 'acknowledgeRisk'];

const isEqual = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The fields, with lists that are too long for one call cut into several. */
function partsOf(fields: Fields, { perCall }: CommandLine): readonly Fields[] {
  const lists = Object.entries(perCall).flatMap(([name, max]) => {
    const list = fields[name];
    return Array.isArray(list) ? [{ name, max, list }] : [];
  });
  const count = Math.max(1, ...lists.map(({ list, max }) => Math.ceil(list.length / max)));
  return Array.from({ length: count }, (_, index) => ({
    ...fields,
    ...Object.fromEntries(lists.map(({ name, max, list }) => [name, list.slice(index * max, (index + 1) * max)])),
  }));
}

/** A call of a cloud as a command, with the fields that it expresses. */
function commandWith(
  { command, parameters, implied = {}, except = {} }: CloudCall,
  fields: Fields,
  { project, service, cli }: { project: string | undefined; service: URL; cli: CommandLine },
): { readonly command: string; readonly expressed: readonly string[] } {
  const impliedNames = Object.keys(implied).filter((name) => isEqual(fields[name], implied[name]));
  const given = Object.entries(fields).filter(([name]) => !impliedNames.includes(name));
  const context = { project, host: service.host, origin: service.origin };
  const reader = new FieldReader({ ...context, ...Object.fromEntries(given) }, cli);
  const values = valuesFor(parameters, reader);
  const options = valuesFor(cli.options, new FieldReader({ ...fields, ...context }));
  const isExcepted = (name: string) => name in except && fields[name] === valueFor(except[name] ?? '', new FieldReader(fields));
  const pairs = Object.entries({ ...values, ...options }).flatMap(([name, value]) => flatParameters(name, value, cli.lists));
  return {
    command: commandOf([
      `${cli.program} ${command}`,
      ...pairs.map(([name, value]) => `--${name}${cli.takesEquals && /^(-|$)/.test(value) ? '=' : ' '}${word(value)}`),
      ...(service.protocol === 'http:' ? (cli.withoutTls ?? []) : []),
    ]),
    expressed: [...reader.expressed, ...impliedNames].filter((name) => !isExcepted(name)),
  };
}

/** The commands for one call. There are none if fields are missing in them. */
function commandsForOne(call: CallFields, cloudCalls: readonly CloudCall[], cli: CommandLine, service: URL) {
  const { route, fields, project } = call;
  const parts = partsOf(fields, cli);
  const written = cloudCalls.flatMap((cloudCall) => parts.map((part) => commandWith(cloudCall, part, { project, service, cli })));
  const isChange = (name: string) => name in fields && !route.includes(`{${name}}`);
  const changing = written.filter(({ expressed }) => expressed.some(isChange));
  const isNothing = (name: string) => name in cli.perCall && isEqual(fields[name], []);
  const expressed = new Set([...alwaysExpressed, ...written.flatMap((one) => one.expressed)]);
  const missing = Object.keys(fields).filter((name) => !expressed.has(name) && !isNothing(name));
  const commands = changing.length > 0 ? changing : written.slice(0, 1);
  return { commands: missing.length > 0 ? [] : commands.map(({ command }) => command), missing };
}

/** The commands that make the same changes as calls of the HTTP API. `service` is the origin of the API. */
export function commandsOf(calls: readonly HttpCall[], cli: CommandLine, service: URL): Commands {
  const made = calls.map((call) => {
    const known = fieldsOf(call, Object.keys(cli.calls));
    const cloudCalls = known && cli.calls[known.route as Route];
    return known && cloudCalls && { ...commandsForOne(known, cloudCalls, cli, service), hasRevision: known.hasRevision };
  });
  const known = made.filter((one) => one !== undefined);
  return {
    commands: known.flatMap(({ commands }) => commands),
    hasNoCall: known.length < made.length,
    missing: [...new Set(known.flatMap(({ missing }) => missing))],
    isStepwise: known.some(({ commands }) => commands.length > 1),
    hasRevision: known.some(({ commands, hasRevision }) => hasRevision && commands.length > 0),
  };
}
