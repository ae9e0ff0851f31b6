import { useSuspenseQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { CollectionPage as CollectionAnswer } from '#shared/api/collections.ts';
import type { CollectionRef } from '#shared/domain/Collection.ts';
import { descriptionOf, titleOf } from '#shared/document/fields.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { canManageCollection } from '#shared/permissions/permissions.ts';
import { queries } from '../../api/index.ts';
import {
  DocumentNotices,
  type DocumentSessionView,
  SharedTextField,
  useDocumentSession,
} from '../../collaboration/index.ts';
import { Bar, PageHead, RowSkeletons } from '../../ui/index.ts';
import { contentOfPage } from './collectionContent.ts';
import { CollectionView } from './CollectionView.tsx';
import { GuideFold, LiveGuide } from './Guide.tsx';
import { CollectionKindProvider, useCollectionKind } from './kindContext.ts';
import { collectionEditOrigin } from './collectionEdits.ts';
import { useDocContent } from './useDocContent.ts';
import styles from './CollectionPage.module.css';

const maxTitleLength = 500;
const maxDescriptionLength = 5_000;

/** One carnet, or one base: what it is, what it holds in order, its categories. */
export function CollectionPage({ collection }: { readonly collection: CollectionRef }) {
  return (
    <CollectionKindProvider value={collection.kind}>
      <Suspense fallback={<CollectionSkeleton />}>
        <LoadedCollection collection={collection} />
      </Suspense>
    </CollectionKindProvider>
  );
}

function CollectionSkeleton() {
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

function LoadedCollection({ collection: ref }: { readonly collection: CollectionRef }) {
  const page = useSuspenseQuery(queries.collection(ref)).data;
  // What is set aside is read as the relay derived it: nobody writes in it for now.
  const isManaged =
    canManageCollection(page.collection.role) && page.collection.trashedAt === null && page.problem === null;
  return isManaged ? <ManagedCollection page={page} /> : <ReadCollection page={page} />;
}

/** Readers and contributors see what the relay derived; they do not open the document. */
function ReadCollection({ page }: { readonly page: CollectionAnswer }) {
  const { t } = useTranslation();
  const kind = useCollectionKind();
  const content = contentOfPage(page);
  return (
    <CollectionView
      page={page}
      content={content}
      doc={null}
      session={null}
      title={<h1 className={styles.title}>{content.title || t('carnets.titlePlaceholder')}</h1>}
      description={
        content.description === '' ? null : <p className={styles.description}>{content.description}</p>
      }
      guide={
        page.guide == null ? null : (
          <GuideFold
            title={t(`${kind}s.guide.title`)}
            guide={page.guide as BodyNode}
            language={page.collection.language}
          />
        )
      }
    />
  );
}

/** Managers open the document: they write the title and the description, and arrange the notes. */
function ManagedCollection({ page }: { readonly page: CollectionAnswer }) {
  const view = useDocumentSession(page.collection.id, page.collection.kind);
  return (
    <>
      <DocumentNotices documentId={page.collection.id} view={view} />
      {view.loaded && view.problem === null ? (
        <LiveCollection page={page} view={view} />
      ) : (
        <ReadCollection page={page} />
      )}
    </>
  );
}

function LiveCollection({
  page,
  view,
}: {
  readonly page: CollectionAnswer;
  readonly view: DocumentSessionView;
}) {
  const { t } = useTranslation();
  const kind = useCollectionKind();
  const { doc } = view.session;
  const content = useDocContent(doc);
  return (
    <CollectionView
      page={page}
      content={content}
      doc={doc}
      session={view}
      title={
        <h1 className={styles.title}>
          <SharedTextField
            text={titleOf(doc)}
            origin={collectionEditOrigin}
            label={t(`${kind}s.titleLabel`)}
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
            origin={collectionEditOrigin}
            label={t(`${kind}s.descriptionLabel`)}
            placeholder={t(`${kind}s.descriptionPlaceholder`)}
            maxLength={maxDescriptionLength}
          />
        </div>
      }
      guide={<LiveGuide view={view} language={page.collection.language} />}
    />
  );
}
