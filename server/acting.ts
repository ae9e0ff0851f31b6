import { AsyncLocalStorage } from 'node:async_hooks';
import type { RegisterOrigin } from '#shared/domain/Register.ts';

const requests = new AsyncLocalStorage<() => RegisterOrigin>();

/**
 * Does some work for a request, so that the register says from where it came.
 * @param origin - asked at each line: a session may begin in the request that it is recorded in.
 */
export function actFrom<T>(origin: () => RegisterOrigin, work: () => T): T {
  return requests.run(origin, work);
}

/** From where the work that is being done was asked for; the relay's own comes from nowhere. */
export function actingFrom(): RegisterOrigin {
  return requests.getStore()?.() ?? { session: null, device: null };
}
