import './zodWithoutEval.ts';
import { createRoot } from 'react-dom/client';
import './styles/fonts.css';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './styles/tokens.css';
import './styles/global.css';
import { ApiError } from './api/index.ts';
import { start } from './app/start.tsx';

// What the relay refuses has its page (ErrorScreen); what nobody foresaw is worth a word in the console.
function onCaughtError(error: unknown): void {
  if (!(error instanceof ApiError)) reportError(error);
}

const container = document.getElementById('root');
if (container !== null) {
  const root = createRoot(container, { onCaughtError });
  const { desktop } = window;
  // Not waited for: what the page is made of is in this very file, which is not there before its last line.
  if (desktop !== undefined && location.pathname === '/problem')
    void import('./problem/startProblem.tsx').then(({ startProblem }) => startProblem(root, desktop));
  else await start(root);
}
