import { QueryClientProvider } from '@tanstack/react-query';
import type { Root } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { ApiError, keepAnswers, keys, queries, takeUpAnswers } from '../api/index.ts';
import { launch, type LaunchResult, UnreachablePage } from '../features/session/index.ts';
import { createI18n } from '../i18n/index.ts';
import { platform, preferences } from '../platform/index.ts';
import { adoptThemeVariables } from '../styles/adoptThemeVariables.ts';
import { styleNonce } from '../styles/nonce.ts';
import { App } from './App.tsx';
import { applyScheme, followPreferences, spokenLanguage } from './appearance.ts';
import { createQueryClient } from './createQueryClient.ts';
import { ThemeProvider } from './ThemeProvider.tsx';

declare global {
  // Read by the scroll lock of dialogs, for the one style element it adds.
  var __webpack_nonce__: string | undefined;
}

/**
 * Boots the page: preferences and language, the start link, who is signed in; then draws.
 * @param root - where the application is drawn.
 */
export async function start(root: Root): Promise<void> {
  globalThis.__webpack_nonce__ = styleNonce();
  adoptThemeVariables();
  await preferences.load();
  applyScheme();
  const language = spokenLanguage();
  const i18n = await createI18n(language);
  followPreferences(i18n);
  const client = createQueryClient();
  const keepsItself = platform.kind === 'web';
  if (keepsItself) keepAnswers(client);
  const [launched, socketOrigin]: [LaunchResult, string] = await Promise.all([
    launch(language),
    platform.socketOrigin(),
  ]);
  if (launched.kind === 'signedIn') client.setQueryData(keys.session, launched.session);

  /** @returns whether it is known who is here: by the relay, or by what this browser kept of its answers. */
  const findPerson = async (): Promise<boolean> => {
    try {
      await client.fetchQuery({ ...queries.session(), ...(keepsItself ? { retry: false } : {}) });
      return true;
    } catch (error) {
      if (!keepsItself || error instanceof ApiError) return false;
    }
    if (await takeUpAnswers(client)) return true;
    return client.fetchQuery(queries.session()).then(
      () => true,
      () => false,
    );
  };
  const draw = async (): Promise<void> => {
    if (!(await findPerson())) {
      root.render(
        <I18nextProvider i18n={i18n}>
          <ThemeProvider>
            <UnreachablePage onRetry={() => void draw()} />
          </ThemeProvider>
        </I18nextProvider>,
      );
      return;
    }
    root.render(
      <I18nextProvider i18n={i18n}>
        <QueryClientProvider client={client}>
          <ThemeProvider>
            <App socketOrigin={socketOrigin} launchFailed={launched.kind === 'invalid'} />
          </ThemeProvider>
        </QueryClientProvider>
      </I18nextProvider>,
    );
  };
  await draw();
  if (keepsItself) platform.keepShell();
}
