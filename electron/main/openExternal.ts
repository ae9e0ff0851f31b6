const maxLength = 2_048;

/** What a link to a mail program may fill in: some programs would take `attach` as a file of the computer. */
const mailFields: ReadonlySet<string> = new Set(['subject', 'body', 'cc', 'bcc']);

/** What stands before the fields: the parser of addresses leaves quotes and bars in it as they are. */
const recipients = /^[A-Za-z0-9.!#%*+=_~@,'-]*$/;

/**
 * The one decision about an address that would leave the application.
 * @returns the address as it is opened, or null for what is refused: anything but https, http and mailto, more than 2,048 characters, and an address that carries a name
 * or a password before its host (« https://banque.example@ailleurs.example »).
 */
export function externalAddress(address: string): string | null {
  if (address.length > maxLength) return null;
  const url = URL.parse(address);
  if (url === null) return null;
  switch (url.protocol) {
    case 'https:':
    case 'http:':
      return url.username === '' && url.password === '' && url.href.length <= maxLength ? url.href : null;
    case 'mailto:':
      return recipients.test(url.pathname) &&
        [...url.searchParams.keys()].every((name) => mailFields.has(name.toLowerCase())) &&
        url.href.length <= maxLength
        ? url.href
        : null;
    default:
      return null;
  }
}

/**
 * The only way out to the person's browser or mail program.
 * @param shell - Electron's shell.
 * @param takeGesture - whether a person has just acted in the page of that id; asked only for an address that could be opened.
 * @returns a function that answers false, and does nothing, for what is refused.
 */
export function createOpenExternal(
  shell: { openExternal(url: string): Promise<void> },
  takeGesture: (contentsId: number) => boolean,
): (address: string, contentsId: number) => Promise<boolean> {
  return async (address, contentsId) => {
    const target = externalAddress(address);
    if (target === null || !takeGesture(contentsId)) return false;
    await shell.openExternal(target);
    return true;
  };
}
