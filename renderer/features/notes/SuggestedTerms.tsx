import { IconPlus, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import * as Y from 'yjs';
import type { SuggestedTerm } from '#shared/api/links.ts';
import { termsOf } from '#shared/document/fields.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { api, keys, useFailure } from '../../api/index.ts';
import type { DocumentSession } from '../../collaboration/index.ts';
import { notify, notifyProblem } from '../../ui/index.ts';
import styles from './NoteDetails.module.css';

interface Props {
  readonly noteId: NoteId;
  readonly session: DocumentSession;
  readonly terms: readonly SuggestedTerm[];
}

/** Terms that the text names: one click relates each, another sets it aside for good. */
export function SuggestedTerms({ noteId, session, terms }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const failure = useFailure();
  /** Decided here, before the relay says so. */
  const [decided, setDecided] = useState<ReadonlySet<NoteId>>(new Set());
  const decide = (id: NoteId, isDecided: boolean): void =>
    setDecided((before) => new Set(isDecided ? [...before, id] : [...before].filter((one) => one !== id)));
  const refresh = (): void => void client.invalidateQueries({ queryKey: keys.note(noteId) });
  const restore = useMutation({
    mutationFn: ({ id }: SuggestedTerm) => api.undismissTerm(noteId, id),
    onSuccess: (_, { id }) => {
      decide(id, false);
      refresh();
    },
    onError: (error) => notifyProblem(failure(error)),
  });
  const dismiss = useMutation({
    mutationFn: ({ id }: SuggestedTerm) => api.dismissTerm(noteId, id),
    onMutate: ({ id }) => decide(id, true),
    onSuccess: (_, term) => {
      refresh();
      notify(t('notes.terms.dismissed', { title: term.title || t('app.untitled') }), {
        label: t('app.undo'),
        act: () => restore.mutate(term),
      });
    },
    onError: (error, { id }) => {
      decide(id, false);
      notifyProblem(failure(error));
    },
  });
  const relate = ({ id, title }: SuggestedTerm): void => {
    const related = termsOf(session.doc);
    if (!related.has(id)) related.set(id, new Y.Map());
    decide(id, true);
    notify(t('notes.terms.related', { title: title || t('app.untitled') }));
  };
  const left = terms.filter(({ id }) => !decided.has(id));
  if (left.length === 0) return <p className={styles.quiet}>{t('notes.terms.noSuggestions')}</p>;
  return (
    <ul role="list" className={styles.suggestions} aria-label={t('notes.terms.suggestions')}>
      {left.map((term) => {
        const title = term.title || t('app.untitled');
        return (
          <li key={term.id} className={styles.suggestion}>
            <button
              type="button"
              className={styles.accept}
              aria-label={t('notes.terms.accept', { title })}
              onClick={() => relate(term)}
            >
              <IconPlus size={14} stroke={1.8} aria-hidden="true" />
              <span>{title}</span>
            </button>
            <button
              type="button"
              className={styles.chipRemove}
              aria-label={t('notes.terms.dismiss', { title })}
              title={t('notes.terms.dismissHint')}
              onClick={() => dismiss.mutate(term)}
            >
              <IconX size={14} stroke={1.8} aria-hidden="true" />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
