// A relay in a process of its own, for tests that end it. Prints its addresses as one line of JSON; stops as the product does.
import process from 'node:process';
import { serve } from '../../scripts/serve.mjs';

const { url, readyUrl } = await serve('local');
process.stdout.write(`${JSON.stringify({ url, readyUrl })}\n`);
