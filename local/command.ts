import { port } from './settings.ts';

/** Runs a command for the running `npm start` and prints the text that it gives; when it fails, why, with exit code 1. */
export async function command(run: () => string | Promise<string>): Promise<void> {
  try {
    console.log(await run());
  } catch (failure) {
    const { message, cause } = failure as Error & { cause?: { port?: number } };
    const isDown = failure instanceof TypeError && message === 'fetch failed';
    console.error(
      isDown
        ? `Nothing answers on port ${cause?.port ?? port}. Run npm start first; where it has another PORT, set the same here.`
        : message,
    );
    process.exitCode = 1;
  }
}
