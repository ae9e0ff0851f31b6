/**
 * Why the relay closed a socket. 4400–4499 are final: a client does not come back by itself. 4500–4599 mean "come back".
 * @see threat-model, section 4
 */
export const closeCodes = {
  malformed: 4400,
  signIn: 4401,
  notAllowed: 4403,
  epochChanged: 4409,
  clientIdTaken: 4410,
  tooLarge: 4413,
  invalidContent: 4422,
  updateApp: 4426,
  resync: 4500,
  storage: 4503,
  slowReader: 4513,
  tooFast: 4529,
  /** The relay is stopping or restarting: come back. */
  restarting: 1012,
  /** A text frame was sent where only binary frames are spoken. */
  textFrame: 1003,
} as const;
/** Why a mirror's document is closed as of another epoch, where the relay keeps a copy itself: its rows have other numbers now, and nothing else changed. */
export const renumbered = 'renumbered';

export type CloseCode = (typeof closeCodes)[keyof typeof closeCodes];

/** True when a client must not reconnect by itself. */
export function isFinalCloseCode(code: number): boolean {
  return code >= 4400 && code <= 4499;
}
