import { useTranslation } from 'react-i18next';
import { type NoteSheet, termForms } from '#shared/document/sheet.ts';
import styles from './Sheet.module.css';

/** The definition of a term, then its forms. */
export function TermSheet({ sheet, language }: { readonly sheet: NoteSheet; readonly language: string }) {
  const { t } = useTranslation();
  const filled = termForms.filter((form) => sheet[form].length > 0);
  return (
    <>
      {sheet.definition !== '' && (
        <p className={styles.definition} lang={language}>
          {sheet.definition}
        </p>
      )}
      {filled.length > 0 && (
        <dl className={styles.facts}>
          {filled.map((form) => (
            <div key={form} className={styles.fact}>
              <dt>{t(`notes.sheet.${form}`)}</dt>
              <dd lang={language}>{sheet[form].join(', ')}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
