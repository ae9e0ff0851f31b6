import { Button } from '@mantine/core';
import { IconFeather, IconPencil } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BodyNode } from '#shared/document/noteContent.ts';
import type { DocumentSessionView } from '../../collaboration/index.ts';
import type { EditorSession } from '../../editor/EditorSession.ts';
import { EditorServicesProvider, NoteReader, useBody } from '../../editor/reading.ts';
import { useGuideServices } from './useGuideServices.ts';
import { useCollectionKind } from './kindContext.ts';
import styles from './Guide.module.css';

const NoteEditor = lazy(() =>
  import('../../editor/index.ts').then(({ NoteEditor: component }) => ({ default: component })),
);

interface Props {
  readonly title: string;
  readonly guide: BodyNode;
  readonly language: string;
  readonly isOpenFirst?: boolean;
}

/** A writing guide to be read, folded or not. */
export function GuideFold({ title, guide, language, isOpenFirst = false }: Props) {
  const services = useGuideServices();
  return (
    <details className={styles.guide} open={isOpenFirst}>
      <summary className={styles.title}>
        <IconFeather size={16} stroke={1.7} aria-hidden="true" />
        {title}
      </summary>
      <div className={styles.text}>
        <EditorServicesProvider value={services}>
          <NoteReader body={guide} language={language} idPrefix="guide-" />
        </EditorServicesProvider>
      </div>
    </details>
  );
}

interface LiveProps {
  readonly view: DocumentSessionView;
  readonly language: string;
}

/** The guide for a manager: read, or written in its place. */
export function LiveGuide({ view, language }: LiveProps) {
  const { t } = useTranslation();
  const kind = useCollectionKind();
  const services = useGuideServices();
  const [isWriting, setWriting] = useState(false);
  const { session } = view;
  const editorSession = useMemo<EditorSession>(
    () => ({
      doc: session.doc,
      body: session.body,
      awareness: session.awareness,
      attachEditor: (destroy) => session.guard.attach(destroy),
    }),
    [session],
  );
  const body = useBody(session.doc, !isWriting, session.body);
  if (isWriting)
    return (
      <section className={styles.guide} aria-label={t(`${kind}s.guide.title`)}>
        <div className={styles.head}>
          <h2 className={styles.title}>
            <IconFeather size={16} stroke={1.7} aria-hidden="true" />
            {t(`${kind}s.guide.title`)}
          </h2>
          <Button size="compact-sm" variant="default" onClick={() => setWriting(false)}>
            {t(`${kind}s.guide.done`)}
          </Button>
        </div>
        <p className={styles.hint}>{t(`${kind}s.guide.hint`)}</p>
        <EditorServicesProvider value={services}>
          <Suspense fallback={<NoteReader body={body} language={language} />}>
            <NoteEditor
              session={editorSession}
              noteId={session.documentId}
              language={language}
              autoFocus
              onExit={() => setWriting(false)}
            />
          </Suspense>
        </EditorServicesProvider>
      </section>
    );
  return <ManagedGuide guide={body} language={language} onWrite={() => setWriting(true)} />;
}

interface ManagedProps {
  /** Null where none was written. */
  readonly guide: BodyNode | null;
  readonly language: string;
  /** Null until its document is there. */
  readonly onWrite: (() => void) | null;
}

/** The guide as a manager reads it, with the way to write it. */
export function ManagedGuide({ guide, language, onWrite }: ManagedProps) {
  const { t } = useTranslation();
  const kind = useCollectionKind();
  const isEmpty =
    guide?.content?.every(({ type, content }) => type === 'paragraph' && (content?.length ?? 0) === 0) !==
    false;
  const act = (icon: ReactNode, word: string) => (
    <Button
      size="compact-sm"
      variant="subtle"
      color="gray"
      leftSection={icon}
      disabled={onWrite === null}
      onClick={() => onWrite?.()}
    >
      {word}
    </Button>
  );
  if (guide === null || isEmpty)
    return <div className={styles.write}>{act(<IconFeather size={15} />, t(`${kind}s.guide.write`))}</div>;
  return (
    <div className={styles.both}>
      <GuideFold title={t(`${kind}s.guide.title`)} guide={guide} language={language} />
      {act(<IconPencil size={15} />, t(`${kind}s.guide.edit`))}
    </div>
  );
}
