export { NoteEditor, type NoteEditorProps } from './NoteEditor.tsx';
export { FindBar, type FindBarProps } from './find/FindBar.tsx';
export type { EditorSession } from './EditorSession.ts';
export * from './reading.ts';
