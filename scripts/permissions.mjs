import { writeFileSync } from 'node:fs';
import { requireNode } from './checkNode.mjs';

// Writes docs/permissions.md from the policy.

requireNode();
const { permissionsPage } = await import('../shared/permissions/permissionsPage.ts');
writeFileSync(new URL('../docs/permissions.md', import.meta.url), permissionsPage());
