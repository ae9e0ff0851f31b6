/** The OpenID provider of an organisation, by which its people sign in. */
export interface OpenIdProvider {
  /** As its discovery document names it. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What people call it: on the button. */
  readonly name: string;
}

/** Its id among better-auth's providers, and in the address that it sends people back to. */
export const organisationId = 'organisation';
export const callbackPath = `/api/auth/callback/${organisationId}`;
