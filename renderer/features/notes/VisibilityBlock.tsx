import { Button, Menu } from '@mantine/core';
import { IconCheck, IconChevronDown, IconEye } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { NotePage } from '#shared/api/notes.ts';
import { type Visibility, visibilities } from '#shared/domain/Visibility.ts';
import { canChangeNoteVisibility } from '#shared/permissions/permissions.ts';
import { api, keys, useFailure } from '../../api/index.ts';
import { DetailsBlock, notify, notifyProblem } from '../../ui/index.ts';
import { VisibilityMark, visibilityIcons } from './VisibilityMark.tsx';
import styles from './NoteDetails.module.css';

/** Who sees the note: an icon and a word; its authors choose. */
export function VisibilityBlock({ page }: { readonly page: NotePage }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const failure = useFailure();
  const { note } = page;
  const offered = visibilities.filter((one) => one !== 'community' || page.community !== null);
  const change = useMutation({
    mutationFn: (visibility: Visibility) => api.changeNote(note.id, { visibility }),
    onSuccess: (next) => {
      client.setQueryData(keys.note(note.id), next);
      void client.invalidateQueries({ queryKey: keys.notes });
      notify(t('notes.visibility.changed', { visibility: t(`notes.visibility.${next.note.visibility}`) }));
    },
    onError: (error) => notifyProblem(failure(error)),
  });
  return (
    <DetailsBlock title={t('notes.details.visibility')} icon={<IconEye size={16} stroke={1.7} />}>
      {canChangeNoteVisibility(page.role) && note.trashedAt === null ? (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button
              className={styles.visibility ?? ''}
              size="compact-md"
              variant="subtle"
              color="gray"
              rightSection={<IconChevronDown size={14} />}
            >
              <span className="visually-hidden">{t('notes.visibility.change')} – </span>
              <VisibilityMark visibility={note.visibility} size={16} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {offered.map((visibility) => {
              const Icon = visibilityIcons[visibility];
              return (
                <Menu.Item
                  key={visibility}
                  maw={300}
                  leftSection={<Icon size={17} stroke={1.6} />}
                  rightSection={note.visibility === visibility ? <IconCheck size={16} /> : null}
                  onClick={() => change.mutate(visibility)}
                >
                  {t(`notes.visibility.${visibility}`)}
                  <div className={styles.hint}>{t(`notes.visibility.${visibility}Hint`)}</div>
                </Menu.Item>
              );
            })}
          </Menu.Dropdown>
        </Menu>
      ) : (
        <VisibilityMark visibility={note.visibility} size={16} />
      )}
      <p className={styles.hint}>{t(`notes.visibility.${note.visibility}Hint`)}</p>
    </DetailsBlock>
  );
}
