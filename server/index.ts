export { type Relay, createRelay } from './createRelay.ts';
export type { RelayOptions } from './RelayOptions.ts';
export { type RelayAdapters, memoryAdapters, sqliteAdapters } from './relayAdapters.ts';
export { carryOutRestore } from './backup/wantedRestore.ts';
export { lockDataFolder } from './lockDataFolder.ts';
export type { PdfPrinter } from './export/PdfPrinter.ts';
export { reindex } from './reindex.ts';
