// Runs on any Node from 18 on, so that an old Node meets a sentence rather than a syntax error.

export const REQUIRED_NODE_MAJOR = 24;

/**
 * Says in one sentence what to do when the running Node is too old for the project.
 * @param {string} version - a Node version, as in `process.versions.node`.
 * @returns {string | null} the sentence, or null when the version is good.
 */
export function describeNodeProblem(version) {
  const major = Number.parseInt(version, 10);
  if (major >= REQUIRED_NODE_MAJOR) return null;
  return (
    `Calepin needs Node ${REQUIRED_NODE_MAJOR} or newer and this is Node ${version}: ` +
    `start it with "npm start" or "npm run relay" in its folder (they bring Node ${REQUIRED_NODE_MAJOR} on Linux and ` +
    `Windows x64), or install Node ${REQUIRED_NODE_MAJOR} from nodejs.org.`
  );
}

/** Ends the process with that sentence when Node is too old. Call it before importing anything of the product. */
export function requireNode() {
  const problem = describeNodeProblem(process.versions.node);
  if (problem === null) return;
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
