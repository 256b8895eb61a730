/** Exits this process when its parent has exited. */
import { exitWithParent } from './parent.ts';

exitWithParent(Number(process.env['STOP_WITH_PARENT']), () => process.exit(0));
