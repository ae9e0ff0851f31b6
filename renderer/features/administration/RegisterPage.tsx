import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegisterFilter } from '#shared/api/register.ts';
import { usePerson } from '../../api/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { PageHead, pageStyles } from '../../ui/index.ts';
import { AdministratorsOnly } from './AdministratorsOnly.tsx';
import { RegisterFilters } from './RegisterFilters.tsx';
import { RegisterList } from './RegisterList.tsx';
import page from './AdministrationPage.module.css';
import styles from './RegisterPage.module.css';

/** For administrators: who came in and which rights changed, found by person, act, thing and time; and all of it for a spreadsheet. */
export function RegisterPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const person = usePerson();
  const [filter, setFilter] = useState<RegisterFilter>({});
  if (person?.role !== 'administrator') return <AdministratorsOnly />;
  const address = new URLSearchParams({ language });
  for (const [name, value] of Object.entries(filter))
    if (value !== undefined) address.set(name, String(value));
  return (
    <>
      <PageHead>
        <Link to="/administration">{t('administration.title')}</Link>
      </PageHead>
      <div className={`${pageStyles.page} ${page.page}`} data-list="wide">
        <h1 className={pageStyles.title}>{t('administration.register.title')}</h1>
        <p className={page.hint}>{t('administration.register.hint')}</p>
        <RegisterFilters filter={filter} onChange={setFilter} />
        <div className={styles.export}>
          <Button
            component="a"
            variant="default"
            leftSection={<IconDownload size={17} stroke={1.7} />}
            href={`/api/administration/register.csv?${address.toString()}`}
            download
          >
            {t('administration.register.export')}
          </Button>
          <p className={page.hint}>{t('administration.register.exportHint')}</p>
        </div>
        <RegisterList filter={filter} />
      </div>
    </>
  );
}
