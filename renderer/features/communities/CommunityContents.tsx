import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Activity, CommunityPage } from '#shared/api/communities.ts';
import type { CollectionSummary } from '#shared/api/collections.ts';
import type { CollectionKind } from '#shared/domain/Collection.ts';
import { CollectionLink } from '../collections/index.ts';
import { Moment, VisibilityMark } from '../notes/index.ts';
import styles from './Communities.module.css';

/** What is linked to a community and the person may read, and what happened in it. */
export function CommunityContents({ page }: { readonly page: CommunityPage }) {
  const { t } = useTranslation();
  return (
    <>
      {page.bases.length > 0 && <Linked kind="base" collections={page.bases} />}
      <Linked kind="carnet" collections={page.carnets} />
      <section className={styles.section}>
        <h2 className={styles.sectionTitle}>{t('communities.notes')}</h2>
        {page.notes.length === 0 ? (
          <p className={styles.quiet}>{t('communities.noNotes')}</p>
        ) : (
          <ul role="list">
            {page.notes.map((note) => (
              <li key={note.id}>
                <Link to="/notes/$noteId" params={{ noteId: note.id }} className={styles.item}>
                  <span className={styles.itemName}>{note.title || t('app.untitled')}</span>
                  {note.excerpt !== '' && <span className={styles.itemExcerpt}>{note.excerpt}</span>}
                  <span className={styles.lineMarks}>
                    <Moment time={note.modifiedAt} />
                    <VisibilityMark visibility={note.visibility} />
                    <span>{note.authors.map((author) => author.name).join(', ')}</span>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </section>
      {page.discussions.length > 0 && (
        <section className={styles.section}>
          <h2 className={styles.sectionTitle}>{t('communities.discussions.title')}</h2>
          <ul role="list">
            {page.discussions.map((thread) => (
              <li key={thread.id}>
                <Link
                  to="/notes/$noteId"
                  params={{ noteId: thread.note.id }}
                  hash="discussion"
                  className={styles.item}
                >
                  <span className={styles.itemName}>{thread.note.title || t('app.untitled')}</span>
                  <span className={styles.lineMarks}>
                    <span>
                      {t('communities.discussions.begun', {
                        name: thread.by?.name ?? t('communities.activity.someone'),
                      })}
                    </span>
                    <span>{t('communities.discussions.count', { count: thread.messageCount })}</span>
                    <Moment time={thread.lastAt} />
                    {thread.isResolved && <span>{t('communities.discussions.resolved')}</span>}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {page.activity.length > 0 && (
        <section className={styles.section}>
          <h2 className={styles.sectionTitle}>{t('communities.activity.title')}</h2>
          <ul role="list">
            {page.activity.map((line) => (
              <li
                key={`${line.at}${line.kind}${line.person?.id ?? ''}${line.note?.id ?? ''}${line.carnet?.id ?? ''}${line.base?.id ?? ''}`}
                className={styles.activity}
              >
                <ActivityText line={line} />
                <span className={styles.activityDate}>
                  <Moment time={line.at} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

interface LinkedProps {
  readonly kind: CollectionKind;
  readonly collections: readonly CollectionSummary[];
}

/** The carnets, or the bases, that are linked to it. */
function Linked({ kind, collections }: LinkedProps) {
  const { t } = useTranslation();
  return (
    <section className={styles.section}>
      <h2 className={styles.sectionTitle}>{t(`communities.${kind}s`)}</h2>
      {collections.length === 0 ? (
        <p className={styles.quiet}>{t('communities.noCarnets')}</p>
      ) : (
        <ul role="list">
          {collections.map(({ id, title, memberCount, visibility }) => (
            <li key={id}>
              <CollectionLink kind={kind} id={id} className={styles.item}>
                <span className={styles.itemName}>{title || t('app.untitled')}</span>
                <span className={styles.lineMarks}>
                  <span>{t(`${kind}s.memberCount`, { count: memberCount })}</span>
                  <VisibilityMark visibility={visibility} />
                </span>
              </CollectionLink>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function ActivityText({ line }: { readonly line: Activity }) {
  const { t } = useTranslation();
  const name = line.person?.name ?? t('communities.activity.someone');
  return (
    <span>
      {t(`communities.activity.${line.kind}`, { name })}
      {line.note !== null && (
        <>
          {' – '}
          <Link to="/notes/$noteId" params={{ noteId: line.note.id }}>
            {line.note.title || t('app.untitled')}
          </Link>
        </>
      )}
      {(['carnet', 'base'] as const).map((kind) => {
        const linked = line[kind];
        return linked === null ? null : (
          <span key={kind}>
            {' – '}
            <CollectionLink kind={kind} id={linked.id}>
              {linked.title || t('app.untitled')}
            </CollectionLink>
          </span>
        );
      })}
    </span>
  );
}
