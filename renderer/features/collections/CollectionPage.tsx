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
  WaitingTextField,
} from '../../collaboration/index.ts';
import { Bar, PageHead, RowSkeletons, pageStyles } from '../../ui/index.ts';
import { contentOfPage } from './collectionContent.ts';
import { CollectionView } from './CollectionView.tsx';
import { GuideFold, LiveGuide, ManagedGuide } from './Guide.tsx';
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
      <div className={pageStyles.thing}>
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
  return isManaged ? (
    <ManagedCollection page={page} />
  ) : (
    <CollectionBody page={page} view={null} isManaged={false} />
  );
}

/** Managers open the document: they write the title and the description, and arrange the notes. */
function ManagedCollection({ page }: { readonly page: CollectionAnswer }) {
  const view = useDocumentSession(page.collection.id, page.collection.kind);
  return (
    <>
      <DocumentNotices documentId={page.collection.id} view={view} />
      <CollectionBody
        page={page}
        view={view.loaded && view.problem === null ? view : null}
        isManaged={view.problem === null}
      />
    </>
  );
}

interface BodyProps {
  readonly page: CollectionAnswer;
  /** Null for readers and contributors, who see what the relay derived, and for managers until the document is there. */
  readonly view: DocumentSessionView | null;
  readonly isManaged: boolean;
}

/** One page before and after the document is there: a dialogue that was opened meanwhile stays open, and nothing moves. */
function CollectionBody({ page, view, isManaged }: BodyProps) {
  const { t } = useTranslation();
  const kind = useCollectionKind();
  const doc = view?.session.doc ?? null;
  const live = useDocContent(doc);
  const content = live ?? contentOfPage(page);
  const { language } = page.collection;
  const titleWords = { label: t(`${kind}s.titleLabel`), placeholder: t('carnets.titlePlaceholder') };
  const aboutWords = {
    label: t(`${kind}s.descriptionLabel`),
    placeholder: t(`${kind}s.descriptionPlaceholder`),
  };
  const guide = (page.guide ?? null) as BodyNode | null;
  return (
    <CollectionView
      page={page}
      content={content}
      doc={doc}
      session={view}
      title={
        <h1 className={pageStyles.name}>
          {doc !== null ? (
            <SharedTextField
              {...titleWords}
              text={titleOf(doc)}
              origin={collectionEditOrigin}
              maxLength={maxTitleLength}
              oneLine
            />
          ) : isManaged ? (
            <WaitingTextField {...titleWords} value={content.title} />
          ) : (
            content.title || titleWords.placeholder
          )}
        </h1>
      }
      description={
        doc !== null ? (
          <div className={styles.description}>
            <SharedTextField
              {...aboutWords}
              text={descriptionOf(doc)}
              origin={collectionEditOrigin}
              maxLength={maxDescriptionLength}
            />
          </div>
        ) : isManaged ? (
          <div className={styles.description}>
            <WaitingTextField {...aboutWords} value={content.description} />
          </div>
        ) : (
          content.description !== '' && <p className={styles.description}>{content.description}</p>
        )
      }
      guide={
        view !== null ? (
          <LiveGuide view={view} language={language} />
        ) : isManaged ? (
          <ManagedGuide guide={guide} language={language} onWrite={null} />
        ) : (
          guide !== null && <GuideFold title={t(`${kind}s.guide.title`)} guide={guide} language={language} />
        )
      }
    />
  );
}
