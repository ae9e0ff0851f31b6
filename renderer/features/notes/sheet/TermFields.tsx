import { TagsInput } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import {
  definitionOf,
  maxDefinitionLength,
  maxFormLength,
  maxForms,
  type NoteSheet,
  type TermForm,
  termForms,
  writeForms,
} from '#shared/document/sheet.ts';
import { SharedTextField } from '../../../collaboration/index.ts';
import { fieldOrigin, undoManagerOf } from '../../../editor/reading.ts';
import styles from './Sheet.module.css';

interface Props {
  readonly doc: Y.Doc;
  readonly sheet: NoteSheet;
  readonly language: string;
}

/** The definition and the forms of a term, to be written by several at once. */
export function TermFields({ doc, sheet, language }: Props) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className={styles.fields}>
      <label className={styles.label} htmlFor={id}>
        {t('notes.sheet.definition')}
      </label>
      <SharedTextField
        id={id}
        text={definitionOf(doc)}
        origin={fieldOrigin}
        undo={undoManagerOf(doc)}
        language={language}
        className={`${styles.text} ${styles.definition}`}
        placeholder={t('notes.sheet.definitionPlaceholder')}
        maxLength={maxDefinitionLength}
      />
      <div className={styles.pair}>
        {termForms.map((form) => (
          <FormList key={form} doc={doc} form={form} values={sheet[form]} language={language} />
        ))}
      </div>
    </div>
  );
}

function FormList({
  doc,
  form,
  values,
  language,
}: {
  readonly doc: Y.Doc;
  readonly form: TermForm;
  readonly values: readonly string[];
  readonly language: string;
}) {
  const { t } = useTranslation();
  const write = (next: readonly string[]): void => {
    const undo = undoManagerOf(doc);
    undo.beginStep();
    doc.transact(() => writeForms(doc, form, next), fieldOrigin);
    undo.beginStep();
  };
  return (
    <TagsInput
      label={t(`notes.sheet.${form}`)}
      labelProps={{ className: styles.label }}
      classNames={{ input: styles.list ?? '', inputField: styles.listField ?? '', pill: styles.form ?? '' }}
      placeholder={values.length === 0 ? t(`notes.sheet.${form}Placeholder`) : ''}
      lang={language}
      value={[...values]}
      onChange={write}
      maxTags={maxForms}
      maxLength={maxFormLength}
      splitChars={[',', ';', '\n', '\t']}
      acceptValueOnBlur
      comboboxProps={{ disabled: true }}
    />
  );
}
