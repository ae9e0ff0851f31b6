import { Button } from '@mantine/core';
import { IconBookmark, IconBulb, IconPlus, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NotePage } from '#shared/api/notes.ts';
import { termsOf } from '#shared/document/fields.ts';
import { queries } from '../../api/index.ts';
import type { DocumentSession } from '../../collaboration/index.ts';
import { DetailsBlock } from '../../ui/index.ts';
import { RelateTermDialog } from './RelateTermDialog.tsx';
import { SuggestedTerms } from './SuggestedTerms.tsx';
import styles from './NoteDetails.module.css';

interface Props {
  readonly page: NotePage;
  readonly session: DocumentSession;
  readonly canEdit: boolean;
  /** Whether the document is here: until then its acts have their place, and wait. */
  readonly isReady: boolean;
}

/** The terms of the lexicon that people related to the note by hand; it shows even when there is none. */
export function TermsBlock({ page, session, canEdit, isReady }: Props) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [areSuggested, setSuggested] = useState(false);
  const suggested =
    useQuery({ ...queries.suggestedTerms(page.note.id), enabled: canEdit && isReady }).data?.terms ?? [];
  return (
    <DetailsBlock title={t('notes.details.terms')} icon={<IconBookmark size={16} stroke={1.7} />}>
      {page.terms.length === 0 ? (
        <p className={styles.quiet}>{t('notes.details.noTerms')}</p>
      ) : (
        <ul role="list" className={styles.chips}>
          {page.terms.map((term) => (
            <li key={term.id} className={styles.chip}>
              <Link to="/notes/$noteId" params={{ noteId: term.id }} className={styles.chipName}>
                {term.title || t('app.untitled')}
              </Link>
              {canEdit && isReady && (
                <button
                  type="button"
                  className={styles.chipRemove}
                  aria-label={t('notes.terms.remove', { title: term.title || t('app.untitled') })}
                  onClick={() => termsOf(session.doc).delete(term.id)}
                >
                  <IconX size={14} stroke={1.8} aria-hidden="true" />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {canEdit && (
        <div className={styles.termActs}>
          <Button
            className={styles.add ?? ''}
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPlus size={15} />}
            disabled={!isReady}
            onClick={() => setOpen(true)}
          >
            {t('notes.terms.relate')}
          </Button>
          {suggested.length > 0 && (
            <Button
              className={styles.add ?? ''}
              size="compact-sm"
              variant="subtle"
              aria-expanded={areSuggested}
              leftSection={<IconBulb size={15} />}
              onClick={() => setSuggested(!areSuggested)}
            >
              {t('notes.terms.suggest', { count: suggested.length })}
            </Button>
          )}
        </div>
      )}
      {canEdit && areSuggested && (
        <SuggestedTerms noteId={page.note.id} session={session} terms={suggested} />
      )}
      <RelateTermDialog page={page} session={session} opened={isOpen} onClose={() => setOpen(false)} />
    </DetailsBlock>
  );
}
