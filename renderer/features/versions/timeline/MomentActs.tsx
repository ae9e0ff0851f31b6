import { Button, Menu } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowsLeftRight,
  IconBookmark,
  IconCopy,
  IconDots,
  IconShieldCheck,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NotePage } from '#shared/api/notes.ts';
import { momentOfSeq } from '#shared/api/versions.ts';
import { canDuplicateNote, canRestoreNote } from '#shared/permissions/permissions.ts';
import { useLanguage } from '../../../i18n/index.ts';
import { IconButton } from '../../../ui/index.ts';
import { type NamedMoment, NameVersionModal } from '../NameVersionModal.tsx';
import { proofAddress } from '../proof/proofApi.ts';
import { useCopyMoment } from '../useCopyMoment.ts';
import { useRestore } from '../useRestore.ts';

interface Props {
  readonly page: Pick<NotePage, 'note' | 'role'>;
  readonly moment: NamedMoment;
  /** Whether it is the note as it is. */
  readonly isNow: boolean;
  readonly onCompare: () => void;
  /** The note was put back: what is shown of it is old. */
  readonly onRestored: () => void;
}

/** What may be done with a moment of a note: compare it with now, put it back, keep it as a version, copy it. */
export function MomentActs({ page: { note, role }, moment, isNow, onCompare, onRestored }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [named, setNamed] = useState<NamedMoment | null>(null);
  const restore = useRestore(note.id);
  const copy = useCopyMoment(note.id);
  const canChange = note.trashedAt === null && canRestoreNote(role);
  const canCopy = canDuplicateNote(role);
  return (
    <>
      {!isNow && (
        <Button
          size="compact-md"
          variant="default"
          leftSection={<IconArrowsLeftRight size={16} stroke={1.7} />}
          onClick={onCompare}
        >
          {t('versions.mode.now')}
        </Button>
      )}
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <IconButton label={t('versions.moment.acts')} size={30}>
            <IconDots size={18} stroke={1.8} />
          </IconButton>
        </Menu.Target>
        <Menu.Dropdown>
          {canChange && !isNow && (
            <Menu.Item
              leftSection={<IconArrowBackUp size={16} />}
              disabled={restore.isPending}
              onClick={() => restore.mutate(moment, { onSuccess: onRestored })}
            >
              {t('versions.moment.restore')}
            </Menu.Item>
          )}
          {canChange && (
            <Menu.Item leftSection={<IconBookmark size={16} />} onClick={() => setNamed(moment)}>
              {t('versions.moment.name')}
            </Menu.Item>
          )}
          {canCopy && (
            <Menu.Item
              leftSection={<IconCopy size={16} />}
              disabled={copy.isPending}
              onClick={() => copy.mutate(moment.seq)}
            >
              {t('versions.copy')}
            </Menu.Item>
          )}
          <Menu.Item
            component="a"
            href={proofAddress(note.id, momentOfSeq(moment.seq), language)}
            download
            leftSection={<IconShieldCheck size={16} />}
          >
            {t('versions.proof.export')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <NameVersionModal
        noteId={note.id}
        opened={named !== null}
        moment={named}
        onClose={() => setNamed(null)}
      />
    </>
  );
}
