/*
 * What a page needs to show a note without writing its body: no ProseMirror, so that reading loads little. The editor
 * itself is loaded when somebody edits: `lazy(() => import('../../editor/index.ts'))`.
 */
export { NoteReader, type NoteReaderProps } from './reader/NoteReader.tsx';
export { LineReader } from './reader/LineReader.tsx';
export { findInText } from './find/searchText.ts';
export { FloatingPanel } from './panels/FloatingPanel.tsx';
export { editorPassage, editorRangeOf } from './editorPassages.ts';
export { passageOf, rangeOf } from './reader/passageDom.ts';
export type { ChangePerson } from './reader/ReaderContext.ts';
export { fieldOrigin, undoManagerOf } from './collaboration/NoteUndoManager.ts';
export { NoteTitle, type NoteTitleProps } from './title/NoteTitle.tsx';
export { useTitle } from './title/useTitle.ts';
export { useBody } from './useBody.ts';
export { useNoteLanguage } from './useNoteLanguage.ts';
export { useWordCount, type TextLength } from './useWordCount.ts';
export {
  type AttachmentUploader,
  type EditorServices,
  EditorServicesProvider,
  type FoundNote,
  useEditorServices,
} from './EditorServices.ts';
