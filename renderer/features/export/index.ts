export { ArchiveDialog } from './ArchiveDialog.tsx';
export { OwnArchive } from './OwnArchive.tsx';
export { EditionsBlock } from './editions/EditionsBlock.tsx';
export { ExportNotesDialog } from './ExportNotesDialog.tsx';
export { ExportDialog } from './ExportDialog.tsx';
