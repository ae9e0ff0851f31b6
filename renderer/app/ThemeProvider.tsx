import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { type ReactNode, useSyncExternalStore } from 'react';
import { styleNonce } from '../styles/nonce.ts';
import { cssVariablesResolver, theme } from '../styles/theme.ts';
import { onSchemeChanged, shownScheme } from './appearance.ts';

/**
 * Mantine for everything below. Its variables come from `adoptThemeVariables` and its style elements are written as text
 * nodes with the page's nonce (`deduplicateInlineStyles`): the page refuses `innerHTML`.
 */
export function ThemeProvider({ children }: { readonly children: ReactNode }) {
  const scheme = useSyncExternalStore(onSchemeChanged, shownScheme);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      forceColorScheme={scheme}
      getStyleNonce={styleNonce}
      withCssVariables={false}
      withGlobalClasses={false}
      deduplicateInlineStyles
    >
      {children}
      <Notifications position="bottom-center" limit={3} />
    </MantineProvider>
  );
}
