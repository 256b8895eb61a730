/** Ends this process when the one that started it is gone. */
import { onParentsEnd } from './parent.ts';

onParentsEnd(Number(process.env['STOP_WITH_PARENT']), () => process.exit(0));
