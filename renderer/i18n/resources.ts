import { app as appEn } from './en/app.ts';
import { carnets as carnetsEn } from './en/carnets.ts';
import { collaboration as collaborationEn } from './en/collaboration.ts';
import { editor as editorEn } from './en/editor.ts';
import { notes as notesEn } from './en/notes.ts';
import { share as shareEn } from './en/share.ts';
import { app } from './fr/app.ts';
import { carnets } from './fr/carnets.ts';
import { collaboration } from './fr/collaboration.ts';
import { editor } from './fr/editor.ts';
import { notes } from './fr/notes.ts';
import { share } from './fr/share.ts';

/** French, the reference: the keys are typed from it. One file a feature; the rooms that stand alone have their own namespace. */
export const french = { translation: { app, notes, carnets, share, collaboration }, editor } as const;
/** English, which must have the same keys to compile. */
export const english = { translation: { app: appEn, notes: notesEn, carnets: carnetsEn, share: shareEn, collaboration: collaborationEn }, editor: editorEn } as const;
