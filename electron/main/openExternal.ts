const maxLength = 2_048;
const allowedProtocols: ReadonlySet<string> = new Set(['https:', 'http:', 'mailto:']);

/**
 * The only way out to the person's browser or mail program.
 * @param shell - Electron's shell.
 * @returns a function that answers false, and does nothing, for any address that is not https, http or mailto.
 */
export function createOpenExternal(shell: {
  openExternal(url: string): Promise<void>;
}): (address: string) => Promise<boolean> {
  return async (address) => {
    const url = address.length <= maxLength ? URL.parse(address) : null;
    if (url === null || !allowedProtocols.has(url.protocol)) return false;
    await shell.openExternal(url.href);
    return true;
  };
}
