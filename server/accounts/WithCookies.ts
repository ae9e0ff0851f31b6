/** An answer, and cookies that changed: lines of `Set-Cookie`. */
export interface WithCookies<T> {
  readonly value: T;
  readonly cookies: readonly string[];
}
