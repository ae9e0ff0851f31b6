export { CollaborationProvider } from './CollaborationProvider.tsx';
export { useSessionRegistry } from './CollaborationContext.ts';
export { useDocumentSession, type DocumentSessionView } from './useDocumentSession.ts';
export type { DocumentKind, DocumentSession, SessionApi, SessionSnapshot } from './DocumentSession.ts';
export type { DocumentRole } from './CalepinProvider.ts';
export type { PresentPerson } from './presence.ts';
export type { ProblemCode } from './problems.ts';
export type { OfflineReason, SavingState } from './savingState.ts';
