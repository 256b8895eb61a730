/**
 * Makes zod interpret object schemas instead of compiling them, which would take a new process longer than it saves:
 * docs/decisions/0029-fast-starts.md. To be imported before such schemas are created.
 */
import * as z from 'zod';

z.config({ jitless: true });
