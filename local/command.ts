import { port } from './settings.ts';

/** Runs a command against the running `npm start` and prints its result. If it fails, prints why and sets exit code 1. */
export async function runCommand(run: () => string | Promise<string>): Promise<void> {
  try {
    console.log(await run());
  } catch (failure) {
    const { message, cause } = failure as Error & { cause?: { port?: number } };
    const isDown = failure instanceof TypeError && message === 'fetch failed';
    console.error(
      isDown
        ? `Nothing is listening on port ${cause?.port ?? port}. Run npm start first. If it uses a different PORT, set the same one here.`
        : message,
    );
    process.exitCode = 1;
  }
}
