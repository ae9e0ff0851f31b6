export { kindIcons, KindMark } from './KindMark.tsx';
export { readLibraryFind } from './libraryFind.ts';
export { Moment } from './Moment.tsx';
export { NoteLine, noteLineHeight } from './NoteLine.tsx';
export { rememberMode } from './noteMode.ts';
export { SheetReader } from './sheet/NoteSheetView.tsx';
export { RecentNotes } from './RecentNotes.tsx';
export { useCreateNote, type NewNotePlace } from './useCreateNote.ts';
export { VisibilityMark, visibilityIcons } from './VisibilityMark.tsx';
