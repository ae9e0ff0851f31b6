/**
 * What a test of something above the storage runs over. That SQLite answers as memory does is what the contract tests show, and the browser's tests and those of the matrix run over it; here
 * it costs four times as much a relay, so that it is left to the long run.
 */
export const storages: readonly ('memory' | 'sqlite')[] =
  process.env['CALEPIN_LONG'] === '1' ? ['memory', 'sqlite'] : ['memory'];
