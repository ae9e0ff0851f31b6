import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconArrowLeft, IconHistory } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { BodyNode } from '#shared/document/noteContent.ts';
import type { CarnetId, NoteId } from '#shared/domain/ids.ts';
import { useFailure } from '../../api/index.ts';
import { EditorServicesProvider, NoteReader } from '../../editor/reading.ts';
import { formatDateTime, useLanguage } from '../../i18n/index.ts';
import { PageHead, PageLink, pageStyles, RowSkeletons, StatePage } from '../../ui/index.ts';
import { useGuideServices } from './useGuideServices.ts';
import { heldQuery } from './held/heldApi.ts';
import styles from './held/HeldNotePage.module.css';

interface Props {
  readonly carnet: CarnetId;
  readonly note: NoteId;
}

/** A note as a carnet holds it, to be read, with the way to the note of today. */
export function HeldNotePage({ carnet, note }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const failure = useFailure();
  const services = useGuideServices();
  const { data, error, refetch } = useQuery(heldQuery(carnet, note));
  const title = data === undefined ? '' : data.title || t('app.untitled');
  useEffect(() => {
    if (title !== '') document.title = `${title} – ${t('app.name')}`;
  }, [title, t]);
  return (
    <>
      <PageHead>
        <PageLink to={`/carnets/${carnet}`} className={pageStyles.crumb}>
          <IconArrowLeft size={16} stroke={1.8} aria-hidden="true" />
          <span className={pageStyles.crumbTitle}>{t('carnets.held.back')}</span>
        </PageLink>
      </PageHead>
      {error !== null ? (
        <StatePage
          icon={<IconHistory size={36} stroke={1.3} />}
          title={t('carnets.held.failed')}
          acts={<Button onClick={() => void refetch()}>{t('app.retry')}</Button>}
        >
          {failure(error)}
        </StatePage>
      ) : data === undefined ? (
        <div className={styles.page}>
          <RowSkeletons count={4} height={40} label={t('app.loading')} />
        </div>
      ) : (
        <article className={styles.page}>
          <p className={styles.banner} role="note">
            {t('carnets.held.reading', { date: formatDateTime(data.at, language) })}{' '}
            <PageLink to={`/notes/${note}`}>{t('carnets.held.now')}</PageLink>
          </p>
          <h1 className={styles.title} lang={data.language}>
            {title}
          </h1>
          <EditorServicesProvider value={services}>
            <NoteReader body={data.body as BodyNode} language={data.language} />
          </EditorServicesProvider>
        </article>
      )}
    </>
  );
}
