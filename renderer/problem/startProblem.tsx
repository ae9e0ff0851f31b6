import type { Root } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import type { DesktopBridge } from '#shared/desktop/DesktopBridge.ts';
import { applyScheme, followPreferences, spokenLanguage } from '../app/appearance.ts';
import { ThemeProvider } from '../app/ThemeProvider.tsx';
import { createI18n } from '../i18n/index.ts';
import { preferences } from '../platform/index.ts';
import { adoptThemeVariables } from '../styles/adoptThemeVariables.ts';
import { ProblemPage } from './ProblemPage.tsx';

/** Draws the page of a relay that cannot start: nothing of it asks the relay. Where there is no problem (any more) the application is shown. */
export async function startProblem(root: Root, bridge: DesktopBridge): Promise<void> {
  const problem = await bridge.startProblem();
  if (problem === null) {
    location.replace('/');
    return;
  }
  adoptThemeVariables();
  await preferences.load();
  applyScheme();
  const i18n = await createI18n(spokenLanguage());
  followPreferences(i18n);
  root.render(
    <I18nextProvider i18n={i18n}>
      <ThemeProvider>
        <ProblemPage bridge={bridge} problem={problem} />
      </ThemeProvider>
    </I18nextProvider>,
  );
}
