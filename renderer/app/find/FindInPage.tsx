import { TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/index.ts';
import { findInDom, showRange } from './findInDom.ts';
import styles from './FindInPage.module.css';

/** What is typed is looked for once it rests, and what changes on the page too. */
const restMs = 120;

const highlight = (name: string, ranges: readonly Range[]): void => {
  if (ranges.length === 0) CSS.highlights.delete(name);
  else CSS.highlights.set(name, new Highlight(...ranges));
};

interface Props {
  /** What is searched. */
  readonly root: Element;
  /** Raised each time that it is asked for: the field is entered again. */
  readonly asked: number;
  readonly onClose: () => void;
}

/**
 * Find in any page that is read: the note, the history, a carnet. Where a note is being written its editor has a bar of its own, which replaces too. Marks lie over the
 * page (CSS highlights) and change nothing of it.
 */
export function FindInPage({ root, asked, onClose }: Props) {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<readonly Range[]>([]);
  const [current, setCurrent] = useState(0);
  const bar = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const before = useRef<Element | null>(null);
  const countId = useId();

  const search = useEffectEvent((isTyped: boolean) => {
    const next = findInDom(root, query);
    setFound(next);
    setCurrent((at) => (isTyped ? 0 : Math.min(at, Math.max(0, next.length - 1))));
    const first = next[0];
    if (isTyped && first !== undefined) showRange(first);
  });
  useEffect(() => {
    before.current ??= document.activeElement;
    field.current?.select();
  }, [asked]);
  useEffect(() => {
    const rest = setTimeout(() => search(true), restMs);
    return () => clearTimeout(rest);
  }, [query]);
  useEffect(() => {
    let rest: ReturnType<typeof setTimeout> | undefined;
    const observer = new MutationObserver((changes) => {
      // Its own count is no change of the page.
      if (changes.every(({ target }) => bar.current?.contains(target))) return;
      clearTimeout(rest);
      rest = setTimeout(() => search(false), restMs);
    });
    observer.observe(root, { subtree: true, childList: true, characterData: true });
    return () => {
      clearTimeout(rest);
      observer.disconnect();
    };
  }, [root]);
  useEffect(() => {
    highlight('found', found);
    const now = found[current];
    highlight('found-now', now === undefined ? [] : [now]);
  }, [found, current]);
  useEffect(
    () => () => {
      highlight('found', []);
      highlight('found-now', []);
    },
    [],
  );

  const go = (step: 1 | -1): void => {
    const at = (current + step + found.length) % found.length;
    const range = found[at];
    if (range === undefined) return;
    setCurrent(at);
    showRange(range);
  };
  const close = (): void => {
    onClose();
    if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true });
  };
  return (
    <div
      ref={bar}
      className={styles.bar}
      role="search"
      aria-label={t('app.find.label')}
      data-not-found=""
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
        else if (event.key === 'F3' || (event.key === 'Enter' && event.target === field.current))
          go(event.shiftKey ? -1 : 1);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <TextInput
        ref={field}
        autoFocus
        size="sm"
        className={styles.field ?? ''}
        aria-label={t('app.find.query')}
        placeholder={t('app.find.query')}
        aria-describedby={countId}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      <span className={styles.count} id={countId} role="status">
        {query === ''
          ? ''
          : found.length === 0
            ? t('app.find.none')
            : t('app.find.count', { current: current + 1, total: found.length })}
      </span>
      <IconButton label={t('app.find.previous')} disabled={found.length === 0} onClick={() => go(-1)}>
        <IconChevronUp size={18} />
      </IconButton>
      <IconButton label={t('app.find.next')} disabled={found.length === 0} onClick={() => go(1)}>
        <IconChevronDown size={18} />
      </IconButton>
      <IconButton label={t('app.find.close')} onClick={close}>
        <IconX size={18} />
      </IconButton>
    </div>
  );
}
