import { IconLanguage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { setLanguage } from '#shared/document/fields.ts';
import type { DocumentSession } from '../../collaboration/index.ts';
import { useNoteLanguage } from '../../editor/reading.ts';
import { useLanguage } from '../../i18n/index.ts';
import { DetailsBlock, MenuChoice } from '../../ui/index.ts';
import styles from './NoteDetails.module.css';

/** Offered beside the note's own: those whose typing, hyphenation and book are prepared first, then others read here. */
const offered = ['fr', 'en', 'es', 'pt', 'ht'];

interface Props {
  readonly session: DocumentSession;
  readonly canEdit: boolean;
}

/** The language a note is written in: its spelling, hyphenation, the voice that reads it aloud. */
export function LanguageBlock({ session, canEdit }: Props) {
  const { t } = useTranslation();
  const interfaceLanguage = useLanguage();
  const language = useNoteLanguage(session.doc);
  const names = new Intl.DisplayNames(interfaceLanguage, { type: 'language' });
  const nameOf = (tag: string): string => names.of(tag) ?? tag;
  const tags = offered.includes(language) ? offered : [language, ...offered];
  return (
    <DetailsBlock title={t('notes.language.title')} icon={<IconLanguage size={16} stroke={1.7} />}>
      {canEdit ? (
        <MenuChoice
          label={t('notes.language.change')}
          value={language}
          options={tags.map((value) => ({ value, word: nameOf(value) }))}
          onChange={(tag) => setLanguage(session.doc, tag)}
        >
          {nameOf(language)}
        </MenuChoice>
      ) : (
        nameOf(language)
      )}
      <p className={styles.hint}>{t('notes.language.hint')}</p>
    </DetailsBlock>
  );
}
