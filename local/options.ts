import { type ParseArgsConfig, parseArgs } from 'node:util';

/** Parses the command line. For an unknown argument, throws an error of one line that points to `--help`. */
export function parseOptions<Config extends ParseArgsConfig>(
  config: Config,
  command: string,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (failure) {
    // Only the first sentence describes the error. The others explain how to pass the argument as a positional one.
    const [reason] = (failure as Error).message.split('. ');
    throw new Error(`${reason}. For usage, run ${command} -- --help.`);
  }
}

/** Runs a command that returns its exit code. If it throws, prints why, and the exit code is 2. */
export async function exitWith(command: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (failure) {
    console.error(failure instanceof Error ? failure.message : failure);
    process.exitCode = 2;
  }
}
