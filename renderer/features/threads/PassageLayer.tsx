import { Button } from '@mantine/core';
import type { Editor } from '@tiptap/core';
import { IconMessagePlus, IconUserQuestion } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type RefObject, useEffect, useEffectEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import { bodyOf } from '#shared/document/fields.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { anchorOf, findPassage, linesOf, type Passage } from '#shared/document/passages.ts';
import type { NoteId, ThreadId } from '#shared/domain/ids.ts';
import type { ThreadAnchor } from '#shared/domain/Thread.ts';
import { editorPassage, editorRangeOf, FloatingPanel, passageOf, rangeOf } from '../../editor/reading.ts';
import { threadQueries } from '../outbox/index.ts';
import type { DiscussionView } from './useDiscussionView.ts';
import styles from './threads.module.css';

interface Props {
  readonly noteId: NoteId;
  readonly doc: Y.Doc;
  /** Drawn again as it changes. */
  readonly body: BodyNode;
  /** What holds the reading page. */
  readonly root: RefObject<HTMLElement | null>;
  /** The editor, where the note is being written; null while it is read. */
  readonly editor: Editor | null;
  readonly isReading: boolean;
  readonly canWrite: boolean;
  readonly view: DiscussionView;
  /** Tells who wrote chosen words; null for who may not know. */
  readonly onWho: ((passage: ThreadAnchor, place: DOMRect) => void) | null;
}

const registry = (): HighlightRegistry | null => (typeof Highlight === 'undefined' ? null : CSS.highlights);
const highlight = (name: string, ranges: readonly Range[]): void => {
  if (ranges.length === 0) registry()?.delete(name);
  else registry()?.set(name, new Highlight(...ranges));
};

/** Begins a thread about the words that are chosen in the editor. */
export function commentInEditor(editor: Editor, doc: Y.Doc, view: DiscussionView): void {
  const passage = editorPassage(editor);
  // Read now: what was just typed is in the document, and not drawn yet.
  const anchor = passage === null ? null : anchorOf(linesOf(bodyOf(doc)), passage);
  if (anchor !== null) view.comment(anchor);
}

/** Asks who wrote the words that are chosen in the editor. */
export function whoInEditor(editor: Editor, doc: Y.Doc, onWho: NonNullable<Props['onWho']>): void {
  const passage = editorPassage(editor);
  const anchor = passage === null ? null : anchorOf(linesOf(bodyOf(doc)), passage);
  const range = passage === null ? null : editorRangeOf(editor, passage);
  if (anchor !== null && range !== null) onWho(anchor, range.getBoundingClientRect());
}

/** The passages that are being discussed, marked in the text without touching it; and the way to speak of chosen words. */
export function PassageLayer({ noteId, doc, body, root, editor, isReading, canWrite, view, onWho }: Props) {
  const threads = useQuery(threadQueries.list(noteId)).data?.threads;
  // Read with the body, which says when the document has changed.
  const lines = useMemo(() => {
    void body;
    return linesOf(bodyOf(doc));
  }, [body, doc]);
  const open = useMemo(() => (threads ?? []).filter((one) => one.resolvedAt === null), [threads]);
  const passages = useMemo(
    () =>
      new Map(
        (threads ?? []).flatMap(({ id, anchor }): [ThreadId, Passage | null][] =>
          anchor === null ? [] : [[id, findPassage(doc, lines, anchor)]],
        ),
      ),
    [threads, lines, doc],
  );
  const { onPlaced, active, shown, anchor } = view;
  const held = useMemo(
    () => (anchor === null ? null : findPassage(doc, lines, anchor)),
    [anchor, doc, lines],
  );
  useEffect(
    () => onPlaced(new Set([...passages].flatMap(([id, at]) => (at === null ? [] : [id])))),
    [passages, onPlaced],
  );

  const drawn = (page: HTMLElement, passage: Passage): Range | null =>
    editor === null ? rangeOf(page, passage) : editorRangeOf(editor, passage);
  const rangesNow = (ids: readonly ThreadId[]): [ThreadId, Range][] => {
    const page = root.current;
    return ids.flatMap((id): [ThreadId, Range][] => {
      const passage = passages.get(id);
      const range = page && passage ? drawn(page, passage) : null;
      return range === null ? [] : [[id, range]];
    });
  };
  const openIds = open.map((one) => one.id);
  useEffect(() => {
    if (!isReading && editor === null) return undefined;
    const ranges = rangesNow(openIds);
    highlight(
      'discussed',
      ranges.map(([, range]) => range),
    );
    highlight(
      'discussed-now',
      [
        ...ranges.flatMap(([id, range]) => (id === active ? [range] : [])),
        // The words that are being commented stay in sight while the comment is written.
        held === null || root.current === null ? null : drawn(root.current, held),
      ].filter((one) => one !== null),
    );
    return () => {
      highlight('discussed', []);
      highlight('discussed-now', []);
    };
  });
  const show = useEffectEvent((id: ThreadId) => {
    const [, range] = rangesNow([id])[0] ?? [];
    range?.startContainer.parentElement?.scrollIntoView({ block: 'center' });
  });
  useEffect(() => {
    if (shown !== null) show(shown.id);
  }, [shown]);

  const onClick = useEffectEvent((event: MouseEvent) => {
    if (!(event.target instanceof Element) || event.target.closest('a, button, input')) return;
    if (!(document.getSelection()?.isCollapsed ?? true)) return;
    const hit = rangesNow(openIds).find(([, range]) =>
      [...range.getClientRects()].some(
        ({ left, right, top, bottom }) =>
          event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom,
      ),
    );
    if (hit !== undefined) view.openThread(hit[0]);
  });
  useEffect(() => {
    const page = root.current;
    const listen = (event: MouseEvent): void => onClick(event);
    if (page === null) return undefined;
    page.addEventListener('click', listen);
    return () => page.removeEventListener('click', listen);
  }, [root]);

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (editor === null || !event.shiftKey || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === 'm' && canWrite) {
      event.preventDefault();
      commentInEditor(editor, doc, view);
    } else if (key === 'y' && onWho !== null) {
      event.preventDefault();
      whoInEditor(editor, doc, onWho);
    }
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);

  return isReading && (canWrite || onWho !== null) ? (
    <PassageTools
      root={root}
      anchor={(passage) => anchorOf(lines, passage)}
      onComment={canWrite ? (anchor) => view.comment(anchor) : null}
      onWho={onWho}
    />
  ) : null;
}

interface ToolsProps {
  readonly root: RefObject<HTMLElement | null>;
  readonly anchor: (passage: Passage) => ThreadAnchor | null;
  readonly onComment: ((anchor: ThreadAnchor) => void) | null;
  readonly onWho: Props['onWho'];
}

/** Stands above chosen words of the reading page. The letters `C` and `W` do the same. */
function PassageTools({ root, anchor, onComment, onWho }: ToolsProps) {
  const { t } = useTranslation();
  const [range, setRange] = useState<Range | null>(null);
  useEffect(() => {
    const follow = (): void => {
      const selection = document.getSelection();
      const chosen = selection === null || selection.isCollapsed ? null : selection.getRangeAt(0);
      const isInside = chosen !== null && root.current?.contains(chosen.commonAncestorContainer) === true;
      setRange(isInside ? chosen.cloneRange() : null);
    };
    document.addEventListener('selectionchange', follow);
    return () => document.removeEventListener('selectionchange', follow);
  }, [root]);
  const passage = range === null || root.current === null ? null : passageOf(root.current, range);
  const held = passage === null ? null : anchor(passage);
  const comment = (): void => {
    if (held === null || onComment === null) return;
    document.getSelection()?.removeAllRanges();
    setRange(null);
    onComment(held);
  };
  const ask = (): void => {
    if (held === null || onWho === null || range === null) return;
    onWho(held, range.getBoundingClientRect());
    setRange(null);
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || held === null || event.defaultPrevented) return;
    const act = { c: onComment === null ? undefined : comment, w: onWho === null ? undefined : ask }[
      event.key.toLowerCase()
    ];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  if (range === null || held === null) return null;
  return (
    <FloatingPanel
      anchor={() => range.getBoundingClientRect()}
      placement="above"
      label={t('threads.passage')}
      role="toolbar"
      className={styles.commentPanel ?? ''}
      onMouseDown={(event) => event.preventDefault()}
    >
      {onComment !== null && (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconMessagePlus size={16} aria-hidden="true" />}
          title={`${t('threads.comment')} (C)`}
          onClick={comment}
        >
          {t('threads.comment')}
        </Button>
      )}
      {onWho !== null && (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconUserQuestion size={16} aria-hidden="true" />}
          title={`${t('threads.who')} (W)`}
          onClick={ask}
        >
          {t('threads.who')}
        </Button>
      )}
    </FloatingPanel>
  );
}
