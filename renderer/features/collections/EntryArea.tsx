import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import type { AwayEntry, CollectionEntry } from '#shared/api/collections.ts';
import { type CategoryContent, categoryLists, type EntryContent } from '#shared/document/fields.ts';
import { noteKinds } from '#shared/domain/Note.ts';
import type { CollectionRef } from '#shared/domain/Collection.ts';
import { foldText, wordsOf } from '#shared/domain/foldText.ts';
import type { CarnetId, MemberId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { Person } from '#shared/domain/Person.ts';
import { queries } from '../../api/index.ts';
import { notify } from '../../ui/index.ts';
import type { CollectionContentNow } from './collectionContent.ts';
import { removeEntry } from './collectionEdits.ts';
import { findEntries, isFinding, readFind } from './collectionFind.ts';
import { CategoriesBeyond, CategoryLists, NewCategoryList } from './CategoryLists.tsx';
import { EntrySections } from './EntrySections.tsx';
import { HeldQueue } from './held/HeldQueue.tsx';
import { useHold } from './held/useHold.ts';
import { titleOfMember } from './memberOf.ts';
import { FindBar } from './FindBar.tsx';
import { FoundEntries } from './FoundEntries.tsx';

/** From so many notes on, a carnet is searched rather than looked through. */
const findFrom = 6;

const noCategories: readonly CategoryContent[] = [];

interface Props {
  readonly collection: CollectionRef;
  readonly content: CollectionContentNow;
  readonly known: ReadonlyMap<MemberId, CollectionEntry>;
  readonly away: ReadonlyMap<MemberId, AwayEntry>;
  /** The live document of a manager; null for those who read. */
  readonly doc: Y.Doc | null;
  /** For contributors: takes out, by the relay, an entry that they integrated. */
  readonly ownRemovals: { readonly personId: PersonId; readonly remove: (memberId: MemberId) => void } | null;
}

/**
 * The notes of a carnet, or the carnets of a base: as it is arranged, or those that answer what the address looks for. The page has every entry already, so filters
 * and sorts are made here at once; the words stand in the notes' texts, which it does not have: the relay's index says who has them.
 */
export function EntryArea({ collection, content, known, away, doc, ownRemovals }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const address = useSearch({ strict: false });
  const find = useMemo(() => readFind(address), [address]);
  const list = useRef<HTMLDivElement>(null);
  const words = find.q ?? '';
  const { kind } = collection;
  const search = useQuery({
    ...queries.carnetSearch(collection.id as CarnetId, kind === 'carnet' ? words : ''),
    placeholderData: (before) => before,
    throwOnError: (_error, query) => query.state.data === undefined,
  });
  /** Of a base, the words stand in the titles and descriptions of its carnets, which the page has. */
  const worded = useMemo(() => {
    if (words === '') return null;
    if (kind === 'carnet')
      return search.data === undefined ? undefined : new Set<MemberId>(search.data.notes);
    const wanted = wordsOf(words);
    return new Set(
      [...known].flatMap(([id, { carnet }]) => {
        const text = foldText(`${carnet?.title ?? ''} ${carnet?.description ?? ''}`);
        return carnet !== null && wanted.every((word) => text.includes(word)) ? [id] : [];
      }),
    );
  }, [kind, words, search.data, known]);
  const found = useMemo(() => {
    if (!isFinding(find)) return null;
    if (worded === undefined) return null;
    const categories = new Set(content.categories.map((category) => category.id as string));
    return findEntries(content.entries, known, categories, find, worded);
  }, [find, worded, content, known]);
  const { kinds, authors } = useMemo(() => {
    const notes = [...known.values()].flatMap((entry) => entry.note ?? []);
    const people = new Map<PersonId, Person>();
    for (const note of notes) for (const author of note.authors) people.set(author.id, author);
    const held = new Set(notes.map((note) => note.kind));
    return {
      kinds: noteKinds.filter((kind) => held.has(kind) || kind === find.kind),
      authors: [...people.values()].sort((a, b) => a.name.localeCompare(b.name, 'fr')),
    };
  }, [known, find.kind]);

  const change = useCallback(
    (next: object) =>
      void navigate({
        to: '.',
        search: readFind({ ...find, ...next }),
        replace: true,
        resetScroll: false,
      }),
    [navigate, find],
  );
  const clear = (): void =>
    void navigate({
      to: '.',
      search: find.list === undefined ? {} : { list: find.list },
      resetScroll: false,
    });

  const removalOf = (entry: EntryContent): (() => void) | null => {
    const of = known.get(entry.memberId);
    if (doc !== null)
      return () =>
        notify(
          t(`${kind}s.entry.removed`, {
            title: titleOfMember(of) || away.get(entry.memberId)?.title || t('app.untitled'),
          }),
          {
            label: t('app.undo'),
            act: removeEntry(doc, entry),
          },
        );
    const isOwn = ownRemovals !== null && of?.integratedBy?.id === ownRemovals.personId;
    return isOwn ? () => ownRemovals.remove(entry.memberId) : null;
  };

  const hold = useHold(collection.id as CarnetId);
  const onHold = (entry: EntryContent, isHeld: boolean): void => {
    const title = titleOfMember(known.get(entry.memberId)) || t('app.untitled');
    hold({
      note: entry.memberId as NoteId,
      change: { held: isHeld ? 'now' : null },
      said: t(isHeld ? 'carnets.held.done' : 'carnets.held.followed', { title }),
      back: { held: entry.held ?? null, seen: entry.seen ?? null },
    });
  };
  const lists = useMemo(() => categoryLists(content.categories), [content.categories]);
  const current = lists.find(({ name }) => name === find.list) ?? lists[0];
  const onList = (name: string | undefined): void => change({ list: name });
  const isAsked = isFinding(find);
  return (
    <>
      {(isAsked || content.entries.length >= findFrom) && (
        <FindBar
          find={find}
          kinds={kinds}
          authors={authors}
          lists={lists}
          onChange={change}
          onEnterList={() => list.current?.querySelector<HTMLElement>('[data-entry] a')?.focus()}
        />
      )}
      {isAsked ? (
        <FoundEntries
          found={found}
          total={content.entries.length}
          known={known}
          removalOf={removalOf}
          onClear={clear}
          root={list}
        />
      ) : (
        <div ref={list}>
          {doc !== null && kind === 'carnet' && (
            <HeldQueue carnet={collection.id as CarnetId} known={known} />
          )}
          <CategoryLists
            lists={lists.map(({ name }) => name)}
            list={current?.name ?? ''}
            onList={onList}
            doc={doc}
          />
          <EntrySections
            content={content}
            categories={current?.categories ?? noCategories}
            list={current?.name ?? ''}
            known={known}
            away={away}
            doc={doc}
            removalOf={removalOf}
            onHold={kind === 'carnet' ? onHold : null}
          />
          {doc !== null && (
            <>
              <NewCategoryList lists={lists.map(({ name }) => name)} doc={doc} onList={onList} />
              <CategoriesBeyond beyond={content.beyond} doc={doc} />
            </>
          )}
        </div>
      )}
    </>
  );
}
