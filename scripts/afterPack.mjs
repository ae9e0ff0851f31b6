import path from 'node:path';
import { setFuse } from './electronFuses.mjs';

/**
 * Where the fuses are in a packed application.
 * @param {string} platform - as electron-builder names it.
 * @param {string} folder - of the packed application.
 * @param {string} name - of the executable.
 */
export function fusedBinary(platform, folder, name) {
  if (platform === 'darwin')
    return path.join(
      folder,
      `${name}.app/Contents/Frameworks/Electron Framework.framework/Versions/A/Electron Framework`,
    );
  return path.join(folder, platform === 'win32' ? `${name}.exe` : name);
}

/**
 * Sets the one fuse that this electron-builder does not know; it sets the others itself, afterwards, and signs then.
 * @param {{ electronPlatformName: string, appOutDir: string, packager: { appInfo: { productFilename: string }, executableName?: string } }} context
 */
export async function afterPack({ electronPlatformName, appOutDir, packager }) {
  const name =
    electronPlatformName === 'linux'
      ? (packager.executableName ?? packager.appInfo.productFilename)
      : packager.appInfo.productFilename;
  setFuse(fusedBinary(electronPlatformName, appOutDir, name), 'wasmTrapHandlers', true);
}
