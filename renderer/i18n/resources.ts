import { account as accountEn } from './en/account.ts';
import { administration as administrationEn } from './en/administration.ts';
import { app as appEn } from './en/app.ts';
import { backups as backupsEn } from './en/backups.ts';
import { bases as basesEn } from './en/bases.ts';
import { carnets as carnetsEn } from './en/carnets.ts';
import { collaboration as collaborationEn } from './en/collaboration.ts';
import { communities as communitiesEn } from './en/communities.ts';
import { editor as editorEn } from './en/editor.ts';
import { homes as homesEn } from './en/homes.ts';
import { imports as importsEn } from './en/imports.ts';
import { meetings as meetingsEn } from './en/meetings.ts';
import { notes as notesEn } from './en/notes.ts';
import { notices as noticesEn } from './en/notices.ts';
import { people as peopleEn } from './en/people.ts';
import { share as shareEn } from './en/share.ts';
import { threads as threadsEn } from './en/threads.ts';
import { versions as versionsEn } from './en/versions.ts';
import { account } from './fr/account.ts';
import { administration } from './fr/administration.ts';
import { app } from './fr/app.ts';
import { backups } from './fr/backups.ts';
import { bases } from './fr/bases.ts';
import { carnets } from './fr/carnets.ts';
import { collaboration } from './fr/collaboration.ts';
import { communities } from './fr/communities.ts';
import { editor } from './fr/editor.ts';
import { homes } from './fr/homes.ts';
import { imports } from './fr/imports.ts';
import { meetings } from './fr/meetings.ts';
import { notes } from './fr/notes.ts';
import { notices } from './fr/notices.ts';
import { people } from './fr/people.ts';
import { share } from './fr/share.ts';
import { threads } from './fr/threads.ts';
import { versions } from './fr/versions.ts';

/** French, the reference: the keys are typed from it. One file a feature; the editor has its own namespace. */
export const french = {
  translation: {
    account,
    administration,
    app,
    backups,
    notes,
    carnets,
    bases,
    collaboration,
    communities,
    homes,
    imports,
    meetings,
    notices,
    people,
    share,
    threads,
    versions,
  },
  editor,
} as const;
/** English, which must have the same keys to compile. */
export const english = {
  translation: {
    account: accountEn,
    administration: administrationEn,
    app: appEn,
    backups: backupsEn,
    notes: notesEn,
    carnets: carnetsEn,
    bases: basesEn,
    collaboration: collaborationEn,
    communities: communitiesEn,
    homes: homesEn,
    imports: importsEn,
    meetings: meetingsEn,
    notices: noticesEn,
    people: peopleEn,
    share: shareEn,
    threads: threadsEn,
    versions: versionsEn,
  },
  editor: editorEn,
} as const;
