import { api } from '../../api/index.ts';
import type { Session } from '#shared/api/session.ts';
import type { Language } from '#shared/domain/Person.ts';

/** What became of a start link: there was none, it signed the person in, or it no longer serves. */
export type LaunchResult =
  | { readonly kind: 'none' }
  | { readonly kind: 'signedIn'; readonly session: Session }
  | { readonly kind: 'invalid' };

/**
 * Signs the local person in with the secret of `/#launch=<secret>`, and removes it from the address and from the history
 * before anything else, so that it is in no bookmark.
 */
export async function launch(language: Language): Promise<LaunchResult> {
  const secret = new URLSearchParams(location.hash.slice(1)).get('launch');
  if (secret === null) return { kind: 'none' };
  history.replaceState(history.state, '', location.pathname + location.search);
  try {
    return { kind: 'signedIn', session: await api.launch(secret, language) };
  } catch {
    return { kind: 'invalid' };
  }
}
