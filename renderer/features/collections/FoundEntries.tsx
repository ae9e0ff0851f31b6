import { Button } from '@mantine/core';
import { IconSearchOff } from '@tabler/icons-react';
import { type KeyboardEvent, type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CollectionEntry } from '#shared/api/collections.ts';
import type { EntryContent } from '#shared/document/fields.ts';
import type { MemberId } from '#shared/domain/ids.ts';
import { LineList, RowSkeletons, StatePage } from '../../ui/index.ts';
import { EntryLine, entryLineHeight } from './EntryLine.tsx';
import { useCollectionKind } from './kindContext.ts';
import styles from './FindBar.module.css';

const keyOf = ({ memberId }: EntryContent): string => memberId;

interface Props {
  /** Null while the words are being looked for. */
  readonly found: readonly EntryContent[] | null;
  readonly total: number;
  readonly known: ReadonlyMap<MemberId, CollectionEntry>;
  /** The way to take an entry out, for who may. */
  readonly removalOf: (entry: EntryContent) => (() => void) | null;
  readonly onClear: () => void;
  readonly root: RefObject<HTMLDivElement | null>;
}

/** The notes of a carnet that answer, and how many of how many. Nothing is moved here: their order is not the carnet's. */
export function FoundEntries({ found, total, known, removalOf, onClear, root }: Props) {
  const { t } = useTranslation();
  const kind = useCollectionKind();
  const [focused, setFocused] = useState<MemberId | null>(null);
  const walk = (event: KeyboardEvent): void => {
    if (event.altKey || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
    const lines = [...(root.current?.querySelectorAll<HTMLElement>('[data-entry]') ?? [])];
    const at = lines.findIndex((line) => line.contains(document.activeElement));
    const next = lines[at + (event.key === 'ArrowDown' ? 1 : -1)];
    if (at === -1 || next === undefined) return;
    event.preventDefault();
    next.querySelector<HTMLElement>('a')?.focus();
  };
  return (
    <div ref={root}>
      <div className={styles.count}>
        <span role="status">
          {found === null ? t('app.loading') : t(`${kind}s.find.count`, { count: found.length, total })}
        </span>
        <Button size="compact-sm" variant="subtle" onClick={onClear}>
          {t('carnets.find.clear')}
        </Button>
      </div>
      {found === null && <RowSkeletons count={4} height={entryLineHeight} label={t('app.loading')} />}
      {found?.length === 0 && (
        <StatePage
          inline
          icon={<IconSearchOff size={36} stroke={1.3} />}
          title={t(`${kind}s.find.nothing.title`)}
          acts={
            <Button variant="default" onClick={onClear}>
              {t(`${kind}s.find.nothing.act`)}
            </Button>
          }
        >
          {t(`${kind}s.find.nothing.text`)}
        </StatePage>
      )}
      {found !== null && found.length > 0 && (
        // The lines hear the arrows from the links and the buttons inside them.
        <div
          role="group"
          aria-label={t(`${kind}s.find.found`)}
          onKeyDown={walk}
          onFocus={(event) => {
            const line = event.target.closest<HTMLElement>('[data-entry]');
            setFocused((line?.dataset['entry'] ?? null) as MemberId | null);
          }}
        >
          <LineList
            items={found}
            keyOf={keyOf}
            lineHeight={entryLineHeight}
            kept={focused}
            line={(entry, place) => (
              <EntryLine
                entry={entry}
                known={known.get(entry.memberId)}
                place={place}
                isDragged={false}
                acts={null}
                onRemove={removalOf(entry)}
              />
            )}
          />
        </div>
      )}
    </div>
  );
}
