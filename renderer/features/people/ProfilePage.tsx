import { Button } from '@mantine/core';
import { IconBuildingCommunity, IconPencil } from '@tabler/icons-react';
import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CollectionSummary } from '#shared/api/collections.ts';
import type { ProfilePage as ProfileAnswer } from '#shared/api/people.ts';
import type { CollectionKind } from '#shared/domain/Collection.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { queries, useFailure, usePerson } from '../../api/index.ts';
import { Bar, PageHead, PersonMark, RowSkeletons, pageStyles } from '../../ui/index.ts';
import { CollectionLink } from '../collections/index.ts';
import { NoteLine, noteLineHeight, VisibilityMark } from '../notes/index.ts';
import { EditProfileDialog } from './EditProfileDialog.tsx';
import styles from './Profile.module.css';

/** One person: what they say of themself, and those of their notes, carnets, bases and communities that one may know of. */
export function ProfilePage({ personId }: { readonly personId: PersonId }) {
  return (
    <Suspense fallback={<ProfileSkeleton />}>
      <LoadedProfile personId={personId} />
    </Suspense>
  );
}

function ProfileSkeleton() {
  const { t } = useTranslation();
  return (
    <>
      <PageHead />
      <div className={pageStyles.thing}>
        <Bar width="45%" height={40} />
        <RowSkeletons count={5} height={72} label={t('app.loading')} />
      </div>
    </>
  );
}

function LoadedProfile({ personId }: { readonly personId: PersonId }) {
  const { t } = useTranslation();
  const page = useSuspenseQuery(queries.profile(personId)).data;
  const isSelf = usePerson()?.id === personId;
  const [isEditing, setEditing] = useState(false);
  const { name } = page.person;
  useEffect(() => {
    document.title = `${name} – ${t('app.name')}`;
  }, [name, t]);
  const isBare = page.presentation === '' && page.organisation === '' && page.organisationNote === null;
  return (
    <>
      <PageHead />
      <div className={pageStyles.thing}>
        <header className={styles.head}>
          <PersonMark person={page.person} size={72} />
          <div className={styles.headText}>
            <h1 className={pageStyles.name}>{name}</h1>
            <Organisation page={page} />
          </div>
          {isSelf && (
            <Button
              className={styles.edit ?? ''}
              variant="default"
              leftSection={<IconPencil size={16} stroke={1.7} />}
              onClick={() => setEditing(true)}
            >
              {t('people.edit')}
            </Button>
          )}
        </header>
        {page.presentation !== '' && <p className={styles.presentation}>{page.presentation}</p>}
        {isSelf && isBare && <p className={styles.quiet}>{t('people.bare')}</p>}
        {page.communities.length > 0 && (
          <section className={styles.section}>
            <h2 className={styles.sectionTitle}>{t('people.communities')}</h2>
            <ul role="list" className={styles.chips}>
              {page.communities.map((community) => (
                <li key={community.id}>
                  <Link
                    to="/communities/$communityId"
                    params={{ communityId: community.id }}
                    className={styles.chip}
                  >
                    {community.name}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        )}
        <Collections kind="carnet" collections={page.carnets} />
        <Collections kind="base" collections={page.bases} />
        <NotesOf personId={personId} isSelf={isSelf} />
      </div>
      <EditProfileDialog page={page} opened={isEditing} onClose={() => setEditing(false)} />
    </>
  );
}

/** The carnets, or the bases, of somebody; nothing where there are none. */
function Collections({
  kind,
  collections,
}: {
  readonly kind: CollectionKind;
  readonly collections: readonly CollectionSummary[];
}) {
  const { t } = useTranslation();
  if (collections.length === 0) return null;
  return (
    <section className={styles.section}>
      <h2 className={styles.sectionTitle}>{t(`people.${kind}s`)}</h2>
      <ul role="list">
        {collections.map((one) => (
          <li key={one.id}>
            <CollectionLink kind={kind} id={one.id} className={styles.item}>
              <span className={styles.itemName}>{one.title || t('app.untitled')}</span>
              <span className={styles.marks}>
                <span>{t(`${kind}s.memberCount`, { count: one.memberCount })}</span>
                <VisibilityMark visibility={one.visibility} />
              </span>
            </CollectionLink>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Organisation({ page: { organisation, organisationNote } }: { readonly page: ProfileAnswer }) {
  const { t } = useTranslation();
  if (organisationNote === null && organisation === '') return null;
  return (
    <p className={styles.organisation}>
      <IconBuildingCommunity size={16} stroke={1.7} aria-hidden="true" />
      {organisationNote === null ? (
        organisation
      ) : (
        <Link to="/notes/$noteId" params={{ noteId: organisationNote.id }}>
          {organisationNote.title || t('app.untitled')}
        </Link>
      )}
    </p>
  );
}

/** The notes of somebody, the last changed first, a page at a time. */
function NotesOf({ personId, isSelf }: { readonly personId: PersonId; readonly isSelf: boolean }) {
  const { t } = useTranslation();
  const failure = useFailure();
  const list = useInfiniteQuery(queries.notesOf(personId));
  const notes = list.data?.pages.flatMap((page) => page.notes) ?? [];
  const total = list.data?.pages[0]?.total;
  return (
    <section className={styles.section}>
      <h2 className={styles.sectionTitle}>
        {t('people.notes')}
        {total !== undefined && <span className={styles.total}> {total}</span>}
      </h2>
      {list.data === undefined && !list.isError && (
        <RowSkeletons count={3} height={noteLineHeight} label={t('app.loading')} />
      )}
      {total === 0 && (
        <p className={styles.quiet}>{t(isSelf ? 'people.noNotesOfYours' : 'people.noNotes')}</p>
      )}
      <ul role="list">
        {notes.map((note) => (
          <li key={note.id}>
            <NoteLine note={note} />
          </li>
        ))}
      </ul>
      {list.isError && (
        <p className={styles.quiet} role="alert">
          {failure(list.error)}
        </p>
      )}
      {(list.hasNextPage || list.isError) && (
        <Button
          className={styles.more ?? ''}
          variant="default"
          loading={list.isFetchingNextPage}
          onClick={() => void (list.data === undefined ? list.refetch() : list.fetchNextPage())}
        >
          {t(list.isError ? 'app.retry' : 'people.more')}
        </Button>
      )}
    </section>
  );
}
