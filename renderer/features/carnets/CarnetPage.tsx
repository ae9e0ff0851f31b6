import { useSuspenseQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { CarnetPage as CarnetAnswer } from '#shared/api/carnets.ts';
import { descriptionOf, titleOf } from '#shared/document/fields.ts';
import type { CarnetId } from '#shared/domain/ids.ts';
import { canManageCarnet } from '#shared/permissions/permissions.ts';
import { queries } from '../../api/index.ts';
import {
  DocumentNotices,
  type DocumentSessionView,
  SharedTextField,
  useDocumentSession,
} from '../../collaboration/index.ts';
import { Bar, PageHead, RowSkeletons } from '../../ui/index.ts';
import { carnetEditOrigin } from './carnetEdits.ts';
import { contentOfPage } from './carnetContent.ts';
import { CarnetView } from './CarnetView.tsx';
import { useDocContent } from './useDocContent.ts';
import styles from './CarnetPage.module.css';

const maxTitleLength = 500;
const maxDescriptionLength = 5_000;

/** One carnet: what it is, its notes in order, its categories. */
export function CarnetPage({ carnetId }: { readonly carnetId: CarnetId }) {
  return (
    <Suspense fallback={<CarnetSkeleton />}>
      <LoadedCarnet carnetId={carnetId} />
    </Suspense>
  );
}

function CarnetSkeleton() {
  const { t } = useTranslation();
  return (
    <>
      <PageHead />
      <div className={styles.page}>
        <Bar width="55%" height={40} />
        <RowSkeletons count={5} height={84} label={t('app.loading')} />
      </div>
    </>
  );
}

function LoadedCarnet({ carnetId }: { readonly carnetId: CarnetId }) {
  const page = useSuspenseQuery(queries.carnet(carnetId)).data;
  // What is set aside is read as the relay derived it: nobody writes in it for now.
  const isManaged =
    canManageCarnet(page.carnet.role) && page.carnet.trashedAt === null && page.problem === null;
  return isManaged ? <ManagedCarnet page={page} /> : <ReadCarnet page={page} />;
}

/** Readers and contributors see what the relay derived; they do not open the document. */
function ReadCarnet({ page }: { readonly page: CarnetAnswer }) {
  const { t } = useTranslation();
  const content = contentOfPage(page);
  return (
    <CarnetView
      page={page}
      content={content}
      doc={null}
      session={null}
      title={<h1 className={styles.title}>{content.title || t('carnets.titlePlaceholder')}</h1>}
      description={
        content.description === '' ? null : <p className={styles.description}>{content.description}</p>
      }
    />
  );
}

/** Managers open the document: they write the title and the description, and arrange the notes. */
function ManagedCarnet({ page }: { readonly page: CarnetAnswer }) {
  const view = useDocumentSession(page.carnet.id, 'carnet');
  return (
    <>
      <DocumentNotices documentId={page.carnet.id} view={view} />
      {view.loaded && view.problem === null ? (
        <LiveCarnet page={page} view={view} />
      ) : (
        <ReadCarnet page={page} />
      )}
    </>
  );
}

function LiveCarnet({ page, view }: { readonly page: CarnetAnswer; readonly view: DocumentSessionView }) {
  const { t } = useTranslation();
  const { doc } = view.session;
  const content = useDocContent(doc);
  return (
    <CarnetView
      page={page}
      content={content}
      doc={doc}
      session={view}
      title={
        <h1 className={styles.title}>
          <SharedTextField
            text={titleOf(doc)}
            origin={carnetEditOrigin}
            label={t('carnets.titleLabel')}
            placeholder={t('carnets.titlePlaceholder')}
            maxLength={maxTitleLength}
            oneLine
          />
        </h1>
      }
      description={
        <div className={styles.description}>
          <SharedTextField
            text={descriptionOf(doc)}
            origin={carnetEditOrigin}
            label={t('carnets.descriptionLabel')}
            placeholder={t('carnets.descriptionPlaceholder')}
            maxLength={maxDescriptionLength}
          />
        </div>
      }
    />
  );
}
