/** Ends this process when the one that started it is gone, so that nothing is left running behind. */
const parent = Number(process.env['STOP_WITH_PARENT']);
const lookEveryMs = 1_000;

setInterval(() => {
  if (process.ppid !== parent) {
    process.exit(0);
  }
}, lookEveryMs).unref();
