export { EditionsBlock } from './editions/EditionsBlock.tsx';
export { ExportDialog } from './ExportDialog.tsx';
