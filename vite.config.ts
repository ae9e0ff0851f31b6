import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * The renderer's build: the same files for the desktop (`app://bundle/`) and for any relay.
 * The manifest lists every file that may be served; all assets carry a hash, so they can be cached for ever.
 */
export default defineConfig({
  root: 'renderer',
  base: '/',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    manifest: 'manifest.json',
    target: ['chrome140', 'firefox140', 'safari18'],
    sourcemap: false,
    chunkSizeWarningLimit: 1000,
    // Inline data: urls would need img-src and font-src data: in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // The second is the look of the pages that the relay draws for readers without a script.
      input: { index: 'renderer/index.html', public: 'renderer/styles/public.css' },
      // What every page needs comes in two files, packages apart since they change less often: a file for each set of pages that share a module made
      // a hundred of them, which a browser asks for six at a time.
      output: {
        codeSplitting: {
          groups: [
            { name: 'packages', tags: ['$initial'], test: /node_modules/, priority: 1 },
            { name: 'start', tags: ['$initial'], test: /^(?!.*\/styles\/public\.css)/ },
          ],
        },
      },
    },
  },
  server: {
    port: 0,
    proxy: {
      '/api': { target: process.env['CALEPIN_DEV_RELAY'] ?? 'http://127.0.0.1:4747' },
      '/sync': { target: process.env['CALEPIN_DEV_RELAY'] ?? 'http://127.0.0.1:4747', ws: true },
    },
  },
});
