import { IconBookmark, IconBuildingCommunity, IconFileText, type IconProps } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoteKind } from '#shared/domain/Note.ts';
import styles from './VisibilityMark.module.css';

/** One icon a kind of note, always with its word. */
export const kindIcons: Record<NoteKind, ComponentType<IconProps>> = {
  note: IconFileText,
  term: IconBookmark,
  organisation: IconBuildingCommunity,
};

/** What a note is: an icon and a word. */
export function KindMark({ kind, size = 15 }: { readonly kind: NoteKind; readonly size?: number }) {
  const { t } = useTranslation();
  const Icon = kindIcons[kind];
  return (
    <span className={styles.mark}>
      <Icon size={size} stroke={1.7} aria-hidden="true" />
      {t(`notes.kind.${kind}`)}
    </span>
  );
}
