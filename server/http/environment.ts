import type { HttpBindings } from '@hono/node-server';
import type { Caller } from '../Caller.ts';
import type { SessionRecord } from '../storage/ports/PersonStore.ts';

/** What the middlewares put on each request. */
export interface HttpEnvironment {
  Bindings: Partial<HttpBindings>;
  Variables: {
    /** Who is signed in, or null. */
    caller: Caller;
    session: SessionRecord | null;
    /** Of this response's content security policy. */
    nonce: string;
    /** Names the request in the log. */
    reference: string;
  };
}
