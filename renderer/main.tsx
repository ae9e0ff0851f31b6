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
  const [{ createRoot }, { start }] = await Promise.all([
    import('react-dom/client'),
    import('./app/start.tsx'),
  ]);
  await start(createRoot(container));
}
