import {
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  WebAuthnError,
} from '@simplewebauthn/browser';
import type { Session } from '#shared/api/session.ts';
import { api } from '../../api/index.ts';

/** Signs in by a passkey of this device, which knows whose it is. @param join - a guest becomes one with the account. */
export async function signInByPasskey(join: boolean): Promise<Session> {
  const { options } = await api.passkeySignInOptions();
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
  const response = await startAuthentication({ optionsJSON });
  return api.passkeySignIn({ join, response: { ...response, response: { ...response.response } } });
}

/** Whether the person, or the browser, closed the question. */
export function isPasskeyStopped(error: Error | null): boolean {
  return error instanceof WebAuthnError || error?.name === 'NotAllowedError';
}
