declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http';

  /** What the tests use of a real OpenID provider. */
  export class Provider {
    constructor(issuer: string, configuration: object);
    callback(): RequestListener;
    on(event: string, listener: (...given: unknown[]) => void): this;
  }
}
