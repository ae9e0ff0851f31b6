import { IconEye } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { NotePage } from '#shared/api/notes.ts';
import { visibilities } from '#shared/domain/Visibility.ts';
import { canChangeNoteVisibility } from '#shared/permissions/permissions.ts';
import { DetailsBlock, MenuChoice } from '../../ui/index.ts';
import { useNoteChange } from './useNoteChange.ts';
import { VisibilityMark, visibilityIcons } from './VisibilityMark.tsx';
import styles from './NoteDetails.module.css';

/** Who sees the note: an icon and a word; its authors choose. */
export function VisibilityBlock({ page }: { readonly page: NotePage }) {
  const { t } = useTranslation();
  const { note } = page;
  const offered = visibilities.filter((one) => one !== 'community' || page.community !== null);
  const change = useNoteChange(note.id, (next) =>
    t('notes.visibility.changed', { visibility: t(`notes.visibility.${next.note.visibility}`) }),
  );
  const mark = <VisibilityMark visibility={note.visibility} size={16} />;
  return (
    <DetailsBlock title={t('notes.details.visibility')} icon={<IconEye size={16} stroke={1.7} />}>
      {canChangeNoteVisibility(page.role) && note.trashedAt === null ? (
        <MenuChoice
          label={t('notes.visibility.change')}
          value={note.visibility}
          options={offered.map((value) => ({
            value,
            word: t(`notes.visibility.${value}`),
            hint: t(`notes.visibility.${value}Hint`),
            icon: visibilityIcons[value],
          }))}
          onChange={(visibility) => change.mutate({ visibility })}
        >
          {mark}
        </MenuChoice>
      ) : (
        mark
      )}
      <p className={styles.hint}>{t(`notes.visibility.${note.visibility}Hint`)}</p>
    </DetailsBlock>
  );
}
