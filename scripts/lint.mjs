import { run } from './run.mjs';

/** Lints with type information, then checks the import rules that oxlint does not see. */
const oxlint = await run('oxlint', ['--deny-warnings']);
const imports = await run(process.execPath, ['scripts/checkImports.mjs']);
process.exitCode = oxlint === 0 && imports === 0 ? 0 : 1;
