import { createContext, use, useContext } from 'react';
import type { SessionRegistry } from './SessionRegistry.ts';

/** Documents need Yjs and the schema, which pages that only list notes do not wait for. */
export const CollaborationContext = createContext<Promise<SessionRegistry> | null>(null);

/** The open documents of this window. Suspends while their code and this device's store are being opened, once. */
export function useSessionRegistry(): SessionRegistry {
  const registry = useContext(CollaborationContext);
  if (registry === null) throw new Error('useSessionRegistry needs a CollaborationProvider above it');
  return use(registry);
}
