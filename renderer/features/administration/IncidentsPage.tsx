import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries, useFailure, usePerson } from '../../api/index.ts';
import { PageHead, RowSkeletons, pageStyles } from '../../ui/index.ts';
import { AdministratorsOnly } from './AdministratorsOnly.tsx';
import { IncidentForm } from './IncidentForm.tsx';
import { IncidentView } from './IncidentView.tsx';
import page from './AdministrationPage.module.css';
import styles from './Incidents.module.css';

/** For administrators: the register of confidentiality incidents, which the law asks every organisation to keep. */
export function IncidentsPage() {
  const { t } = useTranslation();
  const person = usePerson();
  if (person?.role !== 'administrator') return <AdministratorsOnly />;
  return (
    <>
      <PageHead>
        <Link to="/administration">{t('administration.title')}</Link>
      </PageHead>
      <div className={`${pageStyles.page} ${page.page}`} data-list>
        <h1 className={pageStyles.title}>{t('administration.incidents.title')}</h1>
        <p className={page.hint}>{t('administration.incidents.hint')}</p>
        <NewIncident />
        <IncidentList />
      </div>
    </>
  );
}

function NewIncident() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <IncidentForm incident={null} onDone={() => setOpen(false)} />;
  return (
    <div>
      <Button leftSection={<IconPlus size={17} stroke={1.7} />} onClick={() => setOpen(true)}>
        {t('administration.incidents.record')}
      </Button>
    </div>
  );
}

function IncidentList() {
  const { t } = useTranslation();
  const failure = useFailure();
  const list = useQuery(queries.incidents());
  if (list.isError) return <p role="alert">{failure(list.error)}</p>;
  if (list.data === undefined) return <RowSkeletons count={2} height={120} label={t('app.loading')} />;
  const { incidents } = list.data;
  if (incidents.length === 0) return <p className={page.hint}>{t('administration.incidents.none')}</p>;
  return (
    <ul role="list" className={styles.list} aria-label={t('administration.incidents.title')}>
      {incidents.map((incident) => (
        <li key={incident.id}>
          <IncidentView incident={incident} />
        </li>
      ))}
    </ul>
  );
}
