import { config } from 'zod';
import './styles/fonts.css';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './styles/tokens.css';
import './styles/global.css';

// Zod would try `new Function` to compile its schemas; the page's Trusted Types refuse it and report the attempt. To be
// said before the first schema is made, so before the rest of the application is read.
config({ jitless: true });

const container = document.getElementById('root');
if (container !== null) {
  const [{ createRoot }, { ApiError }, { start }] = await Promise.all([
    import('react-dom/client'),
    import('./api/index.ts'),
    import('./app/start.tsx'),
  ]);
  // What the relay refuses has its page (ErrorScreen); what nobody foresaw is worth a word in the console.
  const onCaughtError = (error: unknown): void => {
    if (!(error instanceof ApiError)) reportError(error);
  };
  await start(createRoot(container, { onCaughtError }));
}
