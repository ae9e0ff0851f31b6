import { log } from './0001-log.ts';
import type { Migration } from './Migration.ts';

/** Every step, in order. Add a file `NNNN-name.ts` and one line here. */
export const migrations: readonly Migration[] = [log];
