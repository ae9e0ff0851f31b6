/**
 * The code of a meeting, as people say it: twelve characters of Crockford's base 32, in three groups. The first five are a secret that the host drew; the seven others are what a guest's computer works
 * out of that secret and of the certificate that answers. @see docs/decisions/0018-a-meeting-on-the-local-network.md
 */
export const codeAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const codeLength = 12;
/** How many of them are the secret. */
export const secretLength = 5;

/** Reads what somebody typed: in any case, grouped or not, O for 0 and I or L for 1. @returns the twelve characters; null when it is no code. */
export function readMeetingCode(typed: string): string | null {
  const code = typed
    .toUpperCase()
    .replaceAll(/[\s\u2010-\u2015-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  return code.length === codeLength && [...code].every((one) => codeAlphabet.includes(one)) ? code : null;
}

/** As it is shown: `K7QM-2XHD-94TR`. */
export function showMeetingCode(code: string): string {
  return code.match(/.{1,4}/g)?.join('-') ?? code;
}
