import { config } from 'zod';

// Zod would try `new Function` to compile its schemas; the page's Trusted Types refuse it and report the attempt. To be
// said before the first schema is made: this is the first import of the application.
config({ jitless: true });
