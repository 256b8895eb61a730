/** Ends this process when the one that started it is gone. */
import { exitWithParent } from './parent.ts';

exitWithParent(Number(process.env['STOP_WITH_PARENT']), () => process.exit(0));
