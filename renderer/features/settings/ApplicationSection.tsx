import { Switch } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApplicationSettings, Platform } from '../../platform/index.ts';
import { Choice } from '../../ui/index.ts';
import styles from './SettingsPage.module.css';

const spellings = ['both', 'fr', 'en', 'off'] as const;

/** What the desktop application itself can be set to; each choice is kept at once. */
export function ApplicationSection({
  application,
}: {
  readonly application: NonNullable<Platform['application']>;
}) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<ApplicationSettings | null>(null);
  const [hasKeyring, setKeyring] = useState(true);
  useEffect(() => {
    let isShown = true;
    void application.read().then((read) => isShown && setChosen(read));
    void application.hasKeyring().then((has) => isShown && setKeyring(has));
    return () => void (isShown = false);
  }, [application]);
  if (chosen === null) return null;
  const choose = (change: Partial<ApplicationSettings>): void => {
    setChosen({ ...chosen, ...change });
    void application.write(change);
  };
  return (
    <>
      <div>
        {application.findsLanguage ? (
          <Switch
            label={t('share.settings.application.spelling')}
            checked={chosen.spelling !== 'off'}
            onChange={({ currentTarget }) => choose({ spelling: currentTarget.checked ? 'both' : 'off' })}
          />
        ) : (
          <Choice
            label={t('share.settings.application.spelling')}
            value={chosen.spelling}
            onChange={(spelling) => choose({ spelling })}
            options={spellings.map((value) => ({
              value,
              label: t(`share.settings.application.spellings.${value}`),
            }))}
          />
        )}
        <p className={styles.hint}>{t('share.settings.application.spellingHint')}</p>
      </div>
      <Switch
        label={t('share.settings.application.tray')}
        description={t('share.settings.application.trayHint')}
        checked={chosen.tray}
        onChange={({ currentTarget }) => choose({ tray: currentTarget.checked })}
      />
      {!hasKeyring && <p className={styles.hint}>{t('share.settings.application.noKeyring')}</p>}
    </>
  );
}
