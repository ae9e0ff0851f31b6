import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconBook2, IconBooks, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CollectionKind } from '#shared/domain/Collection.ts';
import { queries } from '../../api/index.ts';
import { Snippet, useShell } from '../../ui/index.ts';
import { CollectionLink } from '../collections/index.ts';
import styles from './SearchBox.module.css';

const typingMs = 140;
const icon = { size: 15, stroke: 1.7, 'aria-hidden': true } as const;

const named = <Found extends object>(kind: CollectionKind, found: readonly Found[]) =>
  found.map((one) => ({ ...one, kind }));

/** The search box of the navigation. While something is searched for, its results stand in place of the children. */
export function SearchBox({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const { closeDrawers } = useShell();
  const [text, setText] = useState('');
  const [searched] = useDebouncedValue(text.trim(), typingMs);
  const input = useRef<HTMLInputElement>(null);
  const found = useQuery({ ...queries.search(searched), placeholderData: (before) => before });
  const isSearching = text.trim() !== '';
  const results = searched === '' ? undefined : found.data;
  const count =
    results === undefined ? 0 : results.notes.length + results.carnets.length + results.bases.length;
  const clear = (): void => {
    setText('');
    input.current?.focus();
  };
  return (
    <>
      <search>
        <TextInput
          ref={input}
          type="search"
          size="sm"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && text !== '') {
              event.preventDefault();
              setText('');
            }
          }}
          placeholder={t('share.search.placeholder')}
          aria-label={t('share.search.label')}
          leftSection={<IconSearch size={16} stroke={1.7} />}
          rightSection={
            text === '' ? null : (
              <CloseButton size="sm" aria-label={t('share.search.clear')} onClick={clear} />
            )
          }
        />
      </search>
      <div className="visually-hidden" role="status">
        {isSearching && results !== undefined ? t('share.search.found', { count }) : ''}
      </div>
      {!isSearching ? (
        children
      ) : (
        <div className={styles.results}>
          {results !== undefined && count === 0 && !found.isFetching && (
            <p className={styles.status}>{t('share.search.none', { query: searched })}</p>
          )}
          <ul role="list" aria-label={t('share.search.results')}>
            {results !== undefined &&
              [...named('base', results.bases), ...named('carnet', results.carnets)].map(
                ({ kind, id, title, memberCount }) => (
                  <li key={id}>
                    <CollectionLink kind={kind} id={id} className={styles.line} onClick={closeDrawers}>
                      <span className={styles.name}>
                        {kind === 'base' ? <IconBooks {...icon} /> : <IconBook2 {...icon} />}
                        {title || t('app.untitled')}
                      </span>
                      <span className={styles.snippet}>
                        {t(`${kind}s.memberCount`, { count: memberCount })}
                      </span>
                    </CollectionLink>
                  </li>
                ),
              )}
            {results?.notes.map((note) => (
              <li key={note.id}>
                <Link
                  to="/notes/$noteId"
                  params={{ noteId: note.id }}
                  className={styles.line}
                  onClick={closeDrawers}
                >
                  <span className={styles.name}>{note.title || t('app.untitled')}</span>
                  <span className={styles.snippet}>
                    <Snippet text={note.snippet} />
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
