import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import { isEmptySheet, type NoteSheet } from '#shared/document/sheet.ts';
import type { NoteKind } from '#shared/domain/Note.ts';
import { OrganisationFields } from './OrganisationFields.tsx';
import { OrganisationSheet } from './OrganisationSheet.tsx';
import { TermFields } from './TermFields.tsx';
import { TermSheet } from './TermSheet.tsx';
import { useSheet } from './useSheet.ts';
import styles from './Sheet.module.css';

interface Props {
  readonly kind: NoteKind;
  /** Language tag of the note. */
  readonly language: string;
}

/** What a term or an organisation says of itself, over its text; nothing for a general note, and nothing to who reads where nothing is filled in. */
export function SheetReader({ kind, language, sheet }: Props & { readonly sheet: NoteSheet }) {
  const { t } = useTranslation();
  if (kind === 'note' || isEmptySheet(sheet, kind)) return null;
  return (
    <section className={styles.sheet} aria-label={t(`notes.sheet.of.${kind}`)}>
      {kind === 'term' ? (
        <TermSheet sheet={sheet} language={language} />
      ) : (
        <OrganisationSheet sheet={sheet} />
      )}
    </section>
  );
}

/** The same of an open note, followed, and filled in by those who write it. */
export function LiveSheet({
  doc,
  isEditing,
  canEdit,
  ...props
}: Props & { readonly doc: Y.Doc; readonly isEditing: boolean; readonly canEdit: boolean }) {
  const { t } = useTranslation();
  const sheet = useSheet(doc);
  const { kind } = props;
  if (kind === 'note') return null;
  if (!isEditing) {
    if (canEdit && isEmptySheet(sheet, kind))
      return <p className={styles.empty}>{t(`notes.sheet.empty.${kind}`)}</p>;
    return <SheetReader {...props} sheet={sheet} />;
  }
  return (
    <section className={styles.sheet} aria-label={t(`notes.sheet.of.${kind}`)}>
      {kind === 'term' ? (
        <TermFields doc={doc} sheet={sheet} language={props.language} />
      ) : (
        <OrganisationFields doc={doc} sheet={sheet} />
      )}
    </section>
  );
}
