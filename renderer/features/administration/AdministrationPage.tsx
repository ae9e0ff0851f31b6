import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePerson } from '../../api/index.ts';
import { PageHead, pageStyles } from '../../ui/index.ts';
import { AdministratorsOnly } from './AdministratorsOnly.tsx';
import { HistorySection } from './HistorySection.tsx';
import { ShareForm } from '../invitations/index.ts';
import { PeopleList } from './PeopleList.tsx';
import { ReportList } from './ReportList.tsx';
import { StorageList } from './StorageList.tsx';
import styles from './AdministrationPage.module.css';

/** For administrators: who is invited to this relay, who is here, what happened. The relay decides what is shown; this page only asks. */
export function AdministrationPage() {
  const { t } = useTranslation();
  const person = usePerson();
  if (person?.role !== 'administrator') return <AdministratorsOnly />;
  return (
    <>
      <PageHead />
      <div className={`${pageStyles.page} ${styles.page}`}>
        <h1 className={pageStyles.title}>{t('administration.title')}</h1>
        <section className={styles.section}>
          <h2 className={styles.heading}>{t('administration.invitations')}</h2>
          <ShareForm subject="relay" subjectId={null} />
        </section>
        <section className={styles.section}>
          <h2 className={styles.heading}>{t('administration.reports.title')}</h2>
          <ReportList />
        </section>
        <section className={styles.section}>
          <h2 className={styles.heading}>{t('administration.people')}</h2>
          <PeopleList self={person.id} />
        </section>
        <section className={styles.section}>
          <h2 className={styles.heading}>{t('administration.storage.title')}</h2>
          <StorageList />
        </section>
        <section className={styles.section}>
          <h2 className={styles.heading}>{t('administration.history.title')}</h2>
          <HistorySection />
        </section>
        <section className={styles.section}>
          <h2 className={styles.heading}>{t('administration.register.title')}</h2>
          <div className={styles.links}>
            <Button
              variant="default"
              renderRoot={(props) => <Link to="/administration/register" {...props} />}
            >
              {t('administration.register.open')}
            </Button>
            <p className={styles.hint}>{t('administration.register.hint')}</p>
            <Button
              variant="default"
              renderRoot={(props) => <Link to="/administration/incidents" {...props} />}
            >
              {t('administration.incidents.open')}
            </Button>
            <p className={styles.hint}>{t('administration.incidents.hint')}</p>
          </div>
        </section>
      </div>
    </>
  );
}
