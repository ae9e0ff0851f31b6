import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { leavingDays } from '#shared/api/leaving.ts';
import type { PersonColour } from '#shared/domain/Person.ts';
import { api, keys, useFailure, useSession } from '../../api/index.ts';
import { AccountSection, DataSection, DevicesSection, StorageSection } from '../account/index.ts';
import { HistorySection } from '../administration/index.ts';
import { OwnArchive } from '../export/index.ts';
import { HomesSection } from '../homes/index.ts';
import { MeetingsSection } from '../meetings/index.ts';
import { BackupSection } from '../backups/index.ts';
import { NoticeSettings } from '../notices/index.ts';
import { platform, preferences, usePreferences } from '../../platform/index.ts';
import { Choice, ColourPicker, notify, notifyProblem, PageHead, pageStyles } from '../../ui/index.ts';
import { ApplicationSection } from './ApplicationSection.tsx';
import { FeedSection } from './FeedSection.tsx';
import styles from './SettingsPage.module.css';

const languages = ['system', 'fr', 'en'] as const;
const themes = ['system', 'light', 'dark'] as const;

/** Name and hue, language and appearance. Everything applies at once. */
export function SettingsPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const failure = useFailure();
  const { person, account, relay } = useSession();
  const chosen = usePreferences();
  const [name, setName] = useState(person?.name ?? '');
  const change = useMutation({
    mutationFn: (body: { name?: string; colour?: PersonColour }) => api.changePerson(body),
    onSuccess: (session, body) => {
      client.setQueryData(keys.session, session);
      void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
      if (body.name !== undefined) notify(t('share.settings.saved'));
    },
    onError: (error) => {
      setName(person?.name ?? '');
      notifyProblem(failure(error));
    },
  });
  const signOut = useMutation({
    mutationFn: () => api.signOut(),
    onSuccess: () => location.assign('/'),
    onError: (error) => notifyProblem(failure(error)),
  });
  const saveName = (): void => {
    const next = name.trim();
    if (next === '') setName(person?.name ?? '');
    else if (next !== person?.name) change.mutate({ name: next });
  };
  return (
    <>
      <PageHead />
      <div className={`${pageStyles.page} ${styles.page}`}>
        <h1 className={pageStyles.title}>{t('share.settings.title')}</h1>
        {person !== null && (
          <section className={styles.section}>
            <h2 className={styles.heading}>{t('share.settings.you')}</h2>
            <Button
              className={styles.profile ?? ''}
              size="compact-sm"
              variant="subtle"
              renderRoot={(props) => (
                <Link to="/people/$personId" params={{ personId: person.id }} {...props} />
              )}
            >
              {t('people.own')}
            </Button>
            <TextInput
              className={styles.name ?? ''}
              label={t('share.settings.name')}
              description={t('share.settings.nameHint')}
              value={name}
              maxLength={80}
              autoComplete="name"
              onChange={(event) => setName(event.currentTarget.value)}
              onBlur={saveName}
              onKeyDown={(event) => {
                if (event.key === 'Enter') saveName();
              }}
            />
            <ColourPicker
              legend={t('share.settings.colour')}
              nameOf={(value) => t(`share.colours.${value}`)}
              value={person.colour}
              onChange={(colour) => change.mutate({ colour })}
            />
          </section>
        )}
        {person !== null && relay.kind === 'community' && (
          <section className={styles.section}>
            <h2 className={styles.heading}>{t('account.settings.title')}</h2>
            <AccountSection />
          </section>
        )}
        {person !== null && relay.kind === 'community' && (
          <section className={styles.section}>
            <h2 className={styles.heading}>{t('account.devices.title')}</h2>
            <DevicesSection />
          </section>
        )}
        {person?.kind === 'local' && (
          <section id="homes" className={styles.section}>
            <h2 className={styles.heading}>{t('homes.title')}</h2>
            <HomesSection />
          </section>
        )}
        {person?.kind === 'local' && (
          <section id="meetings" className={styles.section}>
            <h2 className={styles.heading}>{t('meetings.title')}</h2>
            <MeetingsSection />
          </section>
        )}
        {person !== null && (
          <section className={styles.section}>
            <h2 className={styles.heading}>{t('account.storage.title')}</h2>
            <StorageSection />
          </section>
        )}
        {person !== null && (
          <section id="notices" className={styles.section}>
            <h2 className={styles.heading}>{t('notices.settings.title')}</h2>
            <NoticeSettings />
          </section>
        )}
        {person !== null && (
          <section className={styles.section}>
            <h2 className={styles.heading}>{t('account.data.title')}</h2>
            <DataSection />
            <OwnArchive />
            {relay.kind === 'community' && (
              <div>
                <Button
                  variant="outline"
                  color="red"
                  renderRoot={(props) => <Link to="/delete-account" {...props} />}
                >
                  {t('account.leaving.open')}
                </Button>
                <p className={styles.hint}>{t('account.leaving.openHint', { days: leavingDays })}</p>
              </div>
            )}
          </section>
        )}
        {person !== null && (
          <section className={styles.section}>
            <h2 className={styles.heading}>{t('notices.feed.title')}</h2>
            <FeedSection />
          </section>
        )}
        {person?.kind === 'local' && (
          <section id="backups" className={styles.section}>
            <h2 className={styles.heading}>{t('backups.title')}</h2>
            <BackupSection />
          </section>
        )}
        {person?.kind === 'local' && (
          <section className={styles.section}>
            <h2 className={styles.heading}>{t('administration.history.title')}</h2>
            <HistorySection />
          </section>
        )}
        {person?.role === 'administrator' && (
          <section className={styles.section}>
            <h2 className={styles.heading}>{t('administration.title')}</h2>
            <div>
              <Button variant="default" renderRoot={(props) => <Link to="/administration" {...props} />}>
                {t('administration.open')}
              </Button>
              <p className={styles.hint}>{t('administration.openHint')}</p>
            </div>
          </section>
        )}
        <section className={styles.section}>
          <h2 className={styles.heading}>{t('share.settings.display')}</h2>
          <Choice
            label={t('share.settings.language')}
            value={chosen.language}
            onChange={(language) => preferences.set({ language })}
            options={languages.map((value) => ({ value, label: t(`share.settings.languages.${value}`) }))}
          />
          <Choice
            label={t('share.settings.theme')}
            value={chosen.theme}
            onChange={(theme) => preferences.set({ theme })}
            options={themes.map((value) => ({ value, label: t(`share.settings.themes.${value}`) }))}
          />
        </section>
        {platform.application !== null && (
          <section className={styles.section}>
            <h2 className={styles.heading}>{t('share.settings.application.title')}</h2>
            <ApplicationSection application={platform.application} />
          </section>
        )}
        <section className={styles.section}>
          <h2 className={styles.heading}>{t('share.settings.about')}</h2>
          <div>
            <p>{t('share.settings.version', { version: relay.version })}</p>
            <p className={styles.hint}>
              {t(relay.kind === 'local' ? 'share.settings.local' : 'share.settings.community')}
            </p>
          </div>
          {person !== null && person.kind !== 'local' && (
            <div>
              <Button variant="default" loading={signOut.isPending} onClick={() => signOut.mutate()}>
                {t(account === null ? 'share.settings.signOut' : 'account.settings.signOut')}
              </Button>
              <p className={styles.hint}>
                {t(account === null ? 'share.settings.signOutHint' : 'account.settings.signOutHint')}
              </p>
            </div>
          )}
        </section>
      </div>
    </>
  );
}
