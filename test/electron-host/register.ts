import { registerHooks } from 'node:module';

// Run before main: `node --import test/electron-host/register.ts dist/electron/main/index.js --user-data-dir=…`.

const host = new URL('./electron.ts', import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== 'electron') return next(specifier, context);
    return { url: host, format: 'module-typescript', shortCircuit: true };
  },
});

await import('./control.ts');
