import { AppError } from '#shared/api/errorCodes.ts';

const ownMachine = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * The origin that somebody means by what they typed: `ruche.example.org` is `https://ruche.example.org`, and of a page's whole address only the origin counts.
 * @throws AppError `invalid_request` for what is no address, or one by which a password would cross a network unencrypted.
 */
export function homeAddress(typed: string): string {
  const text = /^[a-z][a-z\d+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && ownMachine.test(url.hostname));
  if (url === null || !isSafe || url.username !== '' || url.password !== '')
    throw new AppError('invalid_request', 'not the address of a relay');
  return url.origin;
}
