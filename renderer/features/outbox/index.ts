export { OutboxProvider, useOutbox, useWaitingWords } from './OutboxProvider.tsx';
export { showThread } from './showThread.ts';
export { threadQueries, threadsApi } from './threadsApi.ts';
export { UnsentWords } from './UnsentWords.tsx';
export type { ThreadBeginning, WaitingWords } from './WaitingWords.ts';
