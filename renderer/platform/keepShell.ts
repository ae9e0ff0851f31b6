declare global {
  interface Window {
    readonly trustedTypes?: {
      createPolicy(
        name: string,
        rules: { createScriptURL(address: string): string },
      ): { createScriptURL(address: string): string };
    };
  }
}

const workerAddress = '/serviceWorker.js';

/**
 * Has this browser keep the shell of the application (its page, scripts and styles), so that it opens without a network, and tells it that Calepin can be installed. Where the browser does
 * not, or the page came over a line that may be listened to, nothing else is missing.
 */
export function keepShell(): void {
  const manifest = document.createElement('link');
  manifest.rel = 'manifest';
  manifest.href = '/calepin.webmanifest';
  document.head.append(manifest);
  const { serviceWorker } = navigator as { readonly serviceWorker?: ServiceWorkerContainer };
  // In development every file is a module of its own, and no build made the worker.
  if (serviceWorker === undefined || !import.meta.env.PROD) return;
  const policy = window.trustedTypes?.createPolicy('app-worker', {
    createScriptURL(address) {
      if (address !== workerAddress) throw new TypeError(`${address} is no worker of this application`);
      return address;
    },
  });
  serviceWorker
    .register(policy?.createScriptURL(workerAddress) ?? workerAddress, { updateViaCache: 'none' })
    .catch(() => undefined);
}
