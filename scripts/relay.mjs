import { requireNode } from './checkNode.mjs';

requireNode();
const { buildRenderer } = await import('./build.mjs');
const { serve } = await import('./serve.mjs');

if (!(await buildRenderer())) {
  process.stderr.write('The interface could not be built; the reason is above.\n');
  process.exit(1);
}
await serve('community');
