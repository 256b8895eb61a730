import { type ParseArgsConfig, parseArgs } from 'node:util';

/** Reads the command line. Throws an error of one line, which ends with where help is, for what it does not know. */
export function optionsOf<Config extends ParseArgsConfig>(config: Config, command: string): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (failure) {
    // The first sentence says what is wrong, the others how to pass it as something else.
    const [what] = (failure as Error).message.split('. ');
    throw new Error(`${what}. ${command} -- --help shows how it is used.`);
  }
}
