export { type Relay, type RelayOptions, createRelay } from './createRelay.ts';
export { type RelayAdapters, memoryAdapters, sqliteAdapters } from './relayAdapters.ts';
export { lockDataFolder } from './lockDataFolder.ts';
export type { PdfPrinter } from './export/PdfPrinter.ts';
export { reindex } from './reindex.ts';
