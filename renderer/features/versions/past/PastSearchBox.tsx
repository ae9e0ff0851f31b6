import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type RefObject, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { PastSearchState } from './usePastSearch.ts';
import styles from './PastPassages.module.css';

interface Props {
  readonly search: Pick<PastSearchState, 'text' | 'onText'>;
  /** Whether it was asked for by name: it gets the focus. */
  readonly isWanted: boolean;
  /** The passages that were found, to be gone to with the arrow key. */
  readonly list: RefObject<HTMLUListElement | null>;
}

/** Asks for words that the note holds, or once held. Enter goes to the first passage, the arrow down into the list. */
export function PastSearchBox({ search: { text, onText }, isWanted, list }: Props) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isWanted) input.current?.focus();
  }, [isWanted]);
  const first = (): HTMLElement | null => list.current?.querySelector('button') ?? null;
  return (
    <search className={styles.search}>
      <TextInput
        ref={input}
        type="search"
        size="xs"
        value={text}
        maxLength={200}
        aria-label={t('versions.past.label')}
        placeholder={t('versions.past.label')}
        leftSection={<IconSearch size={15} stroke={1.7} />}
        rightSection={
          text === '' ? null : (
            <CloseButton
              size="sm"
              aria-label={t('share.search.clear')}
              onClick={() => {
                onText('');
                input.current?.focus();
              }}
            />
          )
        }
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && text !== '') {
            event.preventDefault();
            onText('');
          } else if (event.key === 'ArrowDown' && first() !== null) {
            event.preventDefault();
            first()?.focus();
          } else if (event.key === 'Enter') first()?.click();
        }}
      />
    </search>
  );
}
