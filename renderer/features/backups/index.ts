export { BackupLine } from './BackupLine.tsx';
export { BackupSection } from './BackupSection.tsx';
