import { Button } from '@mantine/core';
import {
  IconArrowBackUp,
  IconBook,
  IconCalendar,
  IconNotebook,
  IconPencil,
  IconPlus,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { memo, type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NotePage } from '#shared/api/notes.ts';
import { canLinkNote, canSeeNoteHistory } from '#shared/permissions/permissions.ts';
import { queries } from '../../api/index.ts';
import type { DocumentSession } from '../../collaboration/index.ts';
import { formatDate, formatDateTime, useLanguage } from '../../i18n/index.ts';
import { DetailsBlock, Snippet } from '../../ui/index.ts';
import { AddToCollectionDialog, PlaceCards } from '../collections/index.ts';
import { ExportDialog } from '../export/index.ts';
import { DiscussionBlock } from '../threads/index.ts';
import { ActsBlock, useHistoryKnown, VersionsBlock } from '../versions/index.ts';
import { AuthorsBlock } from './AuthorsBlock.tsx';
import { BrokenLinksBlock } from './BrokenLinksBlock.tsx';
import { GuestsBlock } from './GuestsBlock.tsx';
import { KindBlock } from './KindBlock.tsx';
import { LanguageBlock } from './LanguageBlock.tsx';
import { LicenceBlock } from './LicenceBlock.tsx';
import { NoteCommunityBlock } from './NoteCommunityBlock.tsx';
import { TermsBlock } from './TermsBlock.tsx';
import { UsesBlock } from './UsesBlock.tsx';
import { VisibilityBlock } from './VisibilityBlock.tsx';
import styles from './NoteDetails.module.css';

const icon = { size: 16, stroke: 1.7 };

interface Props {
  readonly page: NotePage;
  readonly session: DocumentSession;
  /** The text is there. */
  readonly isLoaded: boolean;
  /** It is on its way, from this device or from the relay. */
  readonly isOpening: boolean;
  readonly canEdit: boolean;
  /** Opens the discussion in place of the details; null for who may not take part. */
  readonly onDiscuss: (() => void) | null;
  /** Where the focus goes when the discussion is left. */
  readonly discussButton: Ref<HTMLButtonElement>;
}

/** What surrounds a note, block by block, in the order of the reference page. */
export const NoteDetails = memo(function NoteDetails({
  page,
  session,
  isLoaded,
  isOpening,
  canEdit,
  onDiscuss,
  discussButton,
}: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [dialog, setDialog] = useState<'carnet' | 'export' | null>(null);
  const { note } = page;
  const isHistoryKnown = useHistoryKnown(note.id, canSeeNoteHistory(page.role));
  const canLink = canLinkNote(page.role) && note.trashedAt === null;
  const communities = useQuery({ ...queries.communities(), enabled: canLink });
  // What stands below the community and below the history is drawn with them: nothing moves when they arrive.
  const isLinkKnown = !communities.isLoading;
  const isKnown = isHistoryKnown && (isLoaded || !isOpening);
  return (
    <>
      <TermsBlock page={page} session={session} canEdit={canEdit} isReady={isLoaded} />
      {note.kind === 'term' && <UsesBlock page={page} />}

      <DetailsBlock title={t('notes.details.carnets')} icon={<IconNotebook {...icon} />}>
        {page.carnets.length === 0 && <p className={styles.quiet}>{t('notes.details.noCarnets')}</p>}
        <PlaceCards kind="carnet" places={page.carnets} />
        {note.trashedAt === null && (
          <Button
            className={styles.add ?? ''}
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPlus size={15} />}
            onClick={() => setDialog('carnet')}
          >
            {t('notes.details.addToCarnet')}
          </Button>
        )}
      </DetailsBlock>

      <AuthorsBlock page={page} />
      <GuestsBlock page={page} />
      {isLinkKnown && <NoteCommunityBlock page={page} />}

      {isLinkKnown && onDiscuss !== null && (
        <DiscussionBlock noteId={note.id} onOpen={onDiscuss} button={discussButton} />
      )}

      {isLinkKnown && (
        <>
          <DetailsBlock title={t('notes.details.publication')} icon={<IconCalendar {...icon} />}>
            {note.publishedAt === null ? (
              <p className={styles.quiet}>{t('notes.details.notPublished')}</p>
            ) : (
              <time className={styles.dates} dateTime={new Date(note.publishedAt).toISOString()}>
                {formatDate(note.publishedAt, language)}
              </time>
            )}
          </DetailsBlock>

          <DetailsBlock title={t('notes.details.modification')} icon={<IconPencil {...icon} />}>
            <time className={styles.dates} dateTime={new Date(note.modifiedAt).toISOString()}>
              {formatDateTime(note.modifiedAt, language)}
            </time>
          </DetailsBlock>

          {canSeeNoteHistory(page.role) ? <VersionsBlock noteId={note.id} /> : <ActsBlock noteId={note.id} />}
        </>
      )}

      {isLinkKnown && isKnown && (
        <>
          <VisibilityBlock page={page} />

          <LicenceBlock page={page} />

          <KindBlock page={page} />

          {isLoaded && <LanguageBlock session={session} canEdit={canEdit} />}

          <DetailsBlock title={t('notes.details.backlinks')} icon={<IconArrowBackUp {...icon} />}>
            {page.backlinks.length === 0 ? (
              <p className={styles.quiet}>{t('notes.details.noBacklinks')}</p>
            ) : (
              <ul role="list">
                {page.backlinks.map((link) => (
                  <li key={link.id}>
                    <Link to="/notes/$noteId" params={{ noteId: link.id }} className={styles.link}>
                      {link.title || t('app.untitled')}
                    </Link>
                    {link.around !== '' && (
                      <p className={styles.around}>
                        <Snippet text={link.around} />
                      </p>
                    )}
                  </li>
                ))}
              </ul>
            )}
          </DetailsBlock>

          <BrokenLinksBlock page={page} session={session} canEdit={canEdit && isLoaded} />

          <DetailsBlock title={t('notes.details.exportTitle')} icon={<IconBook {...icon} />}>
            <Button size="compact-md" variant="default" onClick={() => setDialog('export')}>
              {t('notes.details.export')}
            </Button>
          </DetailsBlock>
        </>
      )}

      <AddToCollectionDialog
        kind="carnet"
        members={[note.id]}
        holding={page.carnets.map((carnet) => carnet.id)}
        opened={dialog === 'carnet'}
        onClose={() => setDialog(null)}
      />
      <ExportDialog
        subject="note"
        subjectId={note.id}
        hasPast={canSeeNoteHistory(page.role)}
        language={note.language}
        opened={dialog === 'export'}
        onClose={() => setDialog(null)}
      />
    </>
  );
});
