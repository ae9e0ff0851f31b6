import { Button, Checkbox, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconFileText, IconPhoto } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportPlace, ImportPreview as Preview, MakeImport } from '#shared/api/imports.ts';
import { maxCategoriesInList } from '#shared/document/fields.ts';
import type { CarnetId } from '#shared/domain/ids.ts';
import { formatBytes, useLanguage } from '../../i18n/index.ts';
import { Choice, ScrollRegion } from '../../ui/index.ts';
import { ImportBeside } from './ImportBeside.tsx';
import { ImportReport } from './ImportReport.tsx';
import styles from './ImportDialog.module.css';

interface Props {
  readonly preview: Preview;
  readonly carnet?: { readonly id: CarnetId; readonly title: string };
  readonly onMake: (asked: MakeImport) => void;
  readonly onCancel: () => void;
}

/** Lines that are drawn: of thousands of notes the first say enough. */
const mostLines = 200;

/** What would be made, before anything is: its notes, where they go, what could not be kept. */
export function ImportPreview({ preview, carnet, onMake, onCancel }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { notes, media } = preview;
  const categories = new Set(notes.flatMap(({ category }) => category ?? []));
  const [kind, setKind] = useState<'nowhere' | 'new'>(notes.length > 1 ? 'new' : 'nowhere');
  const [makesTerms, setMakesTerms] = useState(false);
  const missing = new Set(
    notes.flatMap(({ beside }) => beside?.terms ?? []).flatMap((term) => (term.isKnown ? [] : term.title)),
  ).size;
  const [title, setTitle] = useState(preview.title);
  const into: ImportPlace =
    carnet !== undefined
      ? { kind: 'carnet', id: carnet.id }
      : kind === 'new'
        ? { kind, title: title.trim(), language }
        : { kind };
  const sums = [
    t('imports.notes', { count: notes.length }),
    ...(media.count > 0
      ? [`${t('imports.media', { count: media.count })} (${formatBytes(media.bytes, language)})`]
      : []),
    ...(preview.links > 0 ? [t('imports.links', { count: preview.links })] : []),
  ];
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onMake({ into, makeTerms: makesTerms, asBefore: false });
      }}
    >
      <p className={styles.sums} role="status">
        {sums.join(' · ')}
      </p>
      <ScrollRegion className={styles.notes} label={t('imports.notesLabel')}>
        <ul role="list" aria-label={t('imports.notesLabel')}>
          {notes.slice(0, mostLines).map((note) => (
            <li key={note.path} className={styles.note}>
              <IconFileText size={16} stroke={1.6} aria-hidden="true" />
              <span className={styles.noteTitle}>{note.title}</span>
              <span className={styles.hint}>
                {note.category}
                {note.media > 0 && (
                  <span className={styles.pictures}>
                    <IconPhoto size={14} stroke={1.6} aria-hidden="true" />
                    <span className="visually-hidden">{t('imports.media', { count: note.media })}</span>
                    <span aria-hidden="true">{note.media}</span>
                  </span>
                )}
              </span>
            </li>
          ))}
          {notes.length > mostLines && (
            <li className={styles.hint}>{t('imports.more', { count: notes.length - mostLines })}</li>
          )}
        </ul>
      </ScrollRegion>
      {carnet === undefined && (
        <div className={styles.place}>
          <Choice
            label={t('imports.into')}
            value={kind}
            onChange={setKind}
            options={[
              { value: 'new', label: t('imports.places.new') },
              { value: 'nowhere', label: t('imports.places.nowhere') },
            ]}
          />
          {kind === 'new' && (
            <TextInput
              label={t('imports.carnetTitle')}
              value={title}
              maxLength={300}
              onChange={(event) => setTitle(event.currentTarget.value)}
            />
          )}
        </div>
      )}
      <p className={styles.hint}>
        {t('imports.private', { count: notes.length })}
        {categories.size > 0 &&
          ` ${t(into.kind === 'nowhere' ? 'imports.noFolders' : categories.size > maxCategoriesInList ? 'imports.someFolders' : 'imports.folders', { count: categories.size, most: maxCategoriesInList })}`}
      </p>
      <ImportBeside notes={notes} />
      {missing > 0 && (
        <Checkbox
          label={t('imports.makeTerms', { count: missing })}
          description={t('imports.makeTermsHint')}
          checked={makesTerms}
          onChange={(event) => setMakesTerms(event.currentTarget.checked)}
        />
      )}
      {preview.unread.count > 0 && (
        <p className={styles.problem}>
          <IconAlertTriangle size={20} stroke={1.7} aria-hidden="true" />
          <span>
            {t('imports.unread', { count: preview.unread.count })} {preview.unread.paths.join(', ')}
          </span>
        </p>
      )}
      <ImportReport preview={preview} />
      <div className={styles.acts}>
        <Button variant="default" onClick={onCancel}>
          {t('app.cancel')}
        </Button>
        <Button type="submit" autoFocus>
          {t('imports.make', { count: notes.length })}
        </Button>
      </div>
    </form>
  );
}
