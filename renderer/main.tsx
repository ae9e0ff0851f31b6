import './styles/fonts.css';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './styles/tokens.css';
import './styles/global.css';
import { createRoot } from 'react-dom/client';
import { start } from './app/start.tsx';

const container = document.getElementById('root');
if (container !== null) void start(createRoot(container));
