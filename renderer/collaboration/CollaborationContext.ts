import { createContext, useContext } from 'react';
import type { SessionRegistry } from './SessionRegistry.ts';

export const CollaborationContext = createContext<SessionRegistry | null>(null);

/** The open documents of this window. */
export function useSessionRegistry(): SessionRegistry {
  const registry = useContext(CollaborationContext);
  if (registry === null) throw new Error('useSessionRegistry needs a CollaborationProvider above it');
  return registry;
}
