// A community's relay in a process of its own; says where it is once it answers.
import { serve } from '../../../scripts/serve.mjs';

const { url } = await serve('community');
process.stdout.write(`READY ${url}\n`);
