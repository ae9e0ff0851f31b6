import { Hono } from 'hono';
import {
  backupPlanSchema,
  type BackupState,
  listBackupsSchema,
  type ListedBackups,
  restoreBackupSchema,
  runBackupSchema,
} from '#shared/api/backups.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import { notAllowed, requirePerson } from '../../access.ts';
import type { BackupKeeper } from '../../backup/BackupKeeper.ts';
import { listBackups } from '../../backup/listBackups.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { validate } from '../validate.ts';

/** Where everything is in memory there is nothing to copy. */
const noBackups: BackupState = {
  plan: { rhythm: 'off', folder: null, keep: 7 },
  last: null,
  restored: null,
  running: false,
  waits: false,
};

/** Copies of what is on a computer, for its person alone: they name folders of it. On a community's relay whoever keeps it makes them by command. */
export function backupRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  const keeper = (): BackupKeeper => {
    if (relay.backups === null) throw notAllowed();
    return relay.backups;
  };
  const told = (): Promise<BackupState> => keeper().told();
  return new Hono<HttpEnvironment>()
    .use('/backups/*', async (context, next) => {
      if (requirePerson(context.var.caller).kind !== 'local') throw notAllowed();
      await next();
    })
    .get('/backups', async (context) =>
      context.json<BackupState>(relay.backups === null ? noBackups : await told()),
    )
    .put('/backups', validate('json', backupPlanSchema), async (context) => {
      await keeper().choose(context.req.valid('json'));
      return context.json<BackupState>(await told());
    })
    .post('/backups/run', validate('json', runBackupSchema), async (context) => {
      await keeper().run(context.req.valid('json').folder);
      return context.json<BackupState>(await told());
    })
    .post('/backups/list', validate('json', listBackupsSchema), async (context) => {
      keeper();
      const { folder } = context.req.valid('json');
      const backups = await listBackups(folder).catch((cause: unknown) => {
        throw new AppError('conflict', 'the folder cannot be read', { cause });
      });
      return context.json<ListedBackups>({ backups });
    })
    .post('/backups/restore', validate('json', restoreBackupSchema), async (context) => {
      await keeper().restore(context.req.valid('json').folder);
      return context.json<BackupState>(await told());
    })
    .post('/backups/undo', async (context) => {
      await keeper().undo();
      return context.json<BackupState>(await told());
    });
}
