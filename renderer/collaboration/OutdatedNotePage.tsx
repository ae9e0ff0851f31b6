import { Button, Loader } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type NoteContent, noteContentSchema } from '#shared/api/notes.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import classes from './collaboration.module.css';

export interface OutdatedNotePageProps {
  readonly noteId: NoteId;
  /** GET /api/notes/:id/content. Default: asks the relay of this page. */
  readonly loadContent?: (noteId: NoteId) => Promise<NoteContent>;
  /** Draws the body, bound to nothing; shows the words of what it does not know. */
  readonly reader: (content: NoteContent) => ReactNode;
}

async function fetchContent(noteId: NoteId): Promise<NoteContent> {
  const answer = await fetch(`/api/notes/${noteId}/content`, { credentials: 'same-origin' });
  if (!answer.ok) throw new Error(`The content could not be read: ${answer.status}`);
  return noteContentSchema.parse(await answer.json());
}

type State = { kind: 'loading' } | { kind: 'failed' } | { kind: 'ready'; content: NoteContent };

/**
 * A note that this application is too old for: what the relay reads in it, with no editor anywhere near (threat model, A12), and
 * what to do.
 */
export function OutdatedNotePage({ noteId, loadContent = fetchContent, reader }: OutdatedNotePageProps) {
  const { t } = useTranslation();
  const [state, setState] = useState<State>({ kind: 'loading' });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let isGone = false;
    loadContent(noteId).then(
      (content) => {
        if (!isGone) setState({ kind: 'ready', content });
      },
      () => {
        if (!isGone) setState({ kind: 'failed' });
      },
    );
    return () => {
      isGone = true;
    };
  }, [noteId, loadContent, attempt]);

  return (
    <article className={classes['outdated']} data-testid="outdated-note">
      <div className={classes['notice']} role="alert">
        <p>
          <strong>{t('collaboration.outdated.title')}</strong> — {t('collaboration.problem.app_outdated')}
        </p>
        <Button variant="default" size="compact-sm" onClick={() => window.location.reload()}>
          {t('collaboration.outdated.reload')}
        </Button>
      </div>
      {state.kind === 'loading' && <Loader size="sm" aria-label={t('app.loading')} />}
      {state.kind === 'failed' && (
        <p>
          {t('collaboration.outdated.unavailable')}{' '}
          <Button variant="default" size="compact-sm" onClick={() => setAttempt(attempt + 1)}>
            {t('collaboration.outdated.retry')}
          </Button>
        </p>
      )}
      {state.kind === 'ready' && (
        <div lang={state.content.language}>
          <h1>{state.content.title === '' ? t('app.untitled') : state.content.title}</h1>
          {reader(state.content)}
        </div>
      )}
    </article>
  );
}
