import { IconCategory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { NotePage } from '#shared/api/notes.ts';
import { noteKinds } from '#shared/domain/Note.ts';
import { canChangeKind } from '#shared/permissions/permissions.ts';
import { DetailsBlock, MenuChoice } from '../../ui/index.ts';
import { kindIcons, KindMark } from './KindMark.tsx';
import { useNoteChange } from './useNoteChange.ts';
import styles from './NoteDetails.module.css';

/** Whether it is a general note, a term or an organisation; its authors choose. */
export function KindBlock({ page }: { readonly page: NotePage }) {
  const { t } = useTranslation();
  const { note } = page;
  const change = useNoteChange(
    note.id,
    (next) => t('notes.kinds.changed', { kind: t(`notes.kind.${next.note.kind}`) }),
    t('notes.kinds.conflict'),
  );
  const canChange = canChangeKind(page.role) && note.trashedAt === null;
  const mark = <KindMark kind={note.kind} size={16} />;
  return (
    <DetailsBlock title={t('notes.kinds.title')} icon={<IconCategory size={16} stroke={1.7} />}>
      {canChange ? (
        <MenuChoice
          label={t('notes.kinds.change')}
          value={note.kind}
          options={noteKinds.map((value) => ({
            value,
            word: t(`notes.kind.${value}`),
            hint: t(`notes.kinds.${value}`),
            icon: kindIcons[value],
          }))}
          onChange={(kind) => change.mutate({ kind })}
        >
          {mark}
        </MenuChoice>
      ) : (
        mark
      )}
      {canChange && note.kind !== 'note' && <p className={styles.hint}>{t('notes.kinds.kept')}</p>}
    </DetailsBlock>
  );
}
