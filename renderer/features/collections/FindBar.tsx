import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconAdjustmentsHorizontal, IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CategoryContent } from '#shared/document/fields.ts';
import type { NoteKind } from '#shared/domain/Note.ts';
import type { Person } from '#shared/domain/Person.ts';
import { type CollectionFind, filterCount, type FindSort, findSorts } from './collectionFind.ts';
import { useCollectionKind } from './kindContext.ts';
import styles from './FindBar.module.css';

interface Props {
  readonly find: CollectionFind;
  readonly kinds: readonly NoteKind[];
  readonly authors: readonly Person[];
  readonly lists: readonly { readonly name: string; readonly categories: readonly CategoryContent[] }[];
  /** Changes part of what is looked for; undefined takes a part away. */
  readonly onChange: (change: {
    readonly [key in keyof CollectionFind]?: CollectionFind[key] | undefined;
  }) => void;
  /** Goes down into what was found. */
  readonly onEnterList: () => void;
}

const typingPauseMs = 150;

/** Words, filters and sort, over the notes of a carnet. */
export function FindBar({ find, kinds, authors, lists, onChange, onEnterList }: Props) {
  const { t } = useTranslation();
  const kind = useCollectionKind();
  const count = filterCount(find);
  const [isOpen, setOpen] = useState(count > 0);
  const [text, setText] = useState(find.q ?? '');
  const panel = useId();
  const ask = useDebouncedCallback((q: string) => onChange({ q: q === '' ? undefined : q }), typingPauseMs);
  // The address may change under the field: back, forward, « tout montrer ».
  const { q = '' } = find;
  useEffect(() => setText((now) => (now.trim() === q ? now : q)), [q]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      onEnterList();
    } else if (event.key === 'Escape' && text !== '') {
      event.preventDefault();
      event.stopPropagation();
      setText('');
      ask('');
    }
  };
  const any = { value: '', label: t('carnets.find.any') };
  const groups = lists.map(({ name, categories }) => ({
    group: name || t('carnets.list.first'),
    items: categories.map((category) => ({
      value: category.id as string,
      label: category.name || t('app.untitled'),
    })),
  }));
  return (
    <div className={styles.bar} role="search" aria-label={t(`${kind}s.find.label`)}>
      <div className={styles.first}>
        <TextInput
          className={styles.words}
          type="search"
          size="sm"
          value={text}
          maxLength={200}
          onChange={(event) => {
            setText(event.currentTarget.value);
            ask(event.currentTarget.value.trim());
          }}
          onKeyDown={onKeyDown}
          placeholder={t(`${kind}s.find.words`)}
          aria-label={t(`${kind}s.find.words`)}
          leftSection={<IconSearch size={16} stroke={1.7} />}
        />
        <Button
          size="sm"
          variant={count > 0 ? 'light' : 'default'}
          leftSection={<IconAdjustmentsHorizontal size={16} stroke={1.7} />}
          aria-expanded={isOpen}
          aria-controls={panel}
          onClick={() => setOpen(!isOpen)}
        >
          {count > 0 ? t('carnets.find.filtersSet', { count }) : t('carnets.find.filters')}
        </Button>
        <NativeSelect
          size="sm"
          aria-label={t(`${kind}s.find.sort`)}
          value={find.sort ?? 'order'}
          onChange={(event) => {
            const sort = event.currentTarget.value as FindSort;
            onChange({ sort: sort === 'order' ? undefined : sort });
          }}
          data={findSorts.map((value) => ({ value, label: t(`${kind}s.find.sorts.${value}`) }))}
        />
      </div>
      <div id={panel} hidden={!isOpen} className={styles.filters}>
        {kind === 'carnet' && (
          <NativeSelect
            size="sm"
            label={t('carnets.find.kind')}
            value={find.kind ?? ''}
            onChange={(event) => onChange({ kind: (event.currentTarget.value || undefined) as NoteKind })}
            data={[any, ...kinds.map((value) => ({ value, label: t(`notes.kind.${value}`) }))]}
          />
        )}
        {lists.length > 0 && (
          <NativeSelect
            size="sm"
            label={t('carnets.find.category')}
            value={find.category ?? ''}
            onChange={(event) => onChange({ category: event.currentTarget.value || undefined })}
            data={[
              any,
              ...(lists.length === 1 ? (groups[0]?.items ?? []) : groups),
              { value: 'none', label: t('carnets.entry.noCategory') },
            ]}
          />
        )}
        {kind === 'carnet' && (
          <NativeSelect
            size="sm"
            label={t('carnets.find.author')}
            value={find.author ?? ''}
            onChange={(event) => onChange({ author: event.currentTarget.value || undefined })}
            data={[any, ...authors.map(({ id, name }) => ({ value: id, label: name }))]}
          />
        )}
        <TextInput
          size="sm"
          type="date"
          label={t(`${kind}s.find.since`)}
          value={find.since ?? ''}
          max={find.until}
          onChange={(event) => onChange({ since: event.currentTarget.value || undefined })}
        />
        <TextInput
          size="sm"
          type="date"
          label={t(`${kind}s.find.until`)}
          value={find.until ?? ''}
          min={find.since}
          onChange={(event) => onChange({ until: event.currentTarget.value || undefined })}
        />
      </div>
    </div>
  );
}
