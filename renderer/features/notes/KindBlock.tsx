import { Button, Menu } from '@mantine/core';
import { IconCategory, IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { NotePage } from '#shared/api/notes.ts';
import { type NoteKind, noteKinds } from '#shared/domain/Note.ts';
import { canChangeKind } from '#shared/permissions/permissions.ts';
import { ApiError, api, keys, useFailure } from '../../api/index.ts';
import { DetailsBlock, notify, notifyProblem } from '../../ui/index.ts';
import { kindIcons, KindMark } from './KindMark.tsx';
import styles from './NoteDetails.module.css';

/** Whether it is a general note, a term or an organisation; its authors choose. */
export function KindBlock({ page }: { readonly page: NotePage }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const failure = useFailure();
  const { note } = page;
  const change = useMutation({
    mutationFn: (kind: NoteKind) => api.changeNote(note.id, { kind }),
    onSuccess: (next) => {
      client.setQueryData(keys.note(note.id), next);
      void client.invalidateQueries({ queryKey: keys.notes });
      notify(t('notes.kinds.changed', { kind: t(`notes.kind.${next.note.kind}`) }));
    },
    onError: (error) =>
      notifyProblem(
        error instanceof ApiError && error.code === 'conflict' ? t('notes.kinds.conflict') : failure(error),
      ),
  });
  const canChange = canChangeKind(page.role) && note.trashedAt === null;
  return (
    <DetailsBlock title={t('notes.kinds.title')} icon={<IconCategory size={16} stroke={1.7} />}>
      {canChange ? (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button
              className={styles.visibility ?? ''}
              size="compact-md"
              variant="subtle"
              color="gray"
              rightSection={<IconChevronDown size={14} />}
            >
              <span className="visually-hidden">{t('notes.kinds.change')} – </span>
              <KindMark kind={note.kind} size={16} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {noteKinds.map((kind) => {
              const Icon = kindIcons[kind];
              return (
                <Menu.Item
                  key={kind}
                  maw={300}
                  leftSection={<Icon size={17} stroke={1.6} />}
                  rightSection={note.kind === kind ? <IconCheck size={16} /> : null}
                  onClick={() => change.mutate(kind)}
                >
                  {t(`notes.kind.${kind}`)}
                  <div className={styles.hint}>{t(`notes.kinds.${kind}`)}</div>
                </Menu.Item>
              );
            })}
          </Menu.Dropdown>
        </Menu>
      ) : (
        <KindMark kind={note.kind} size={16} />
      )}
      {canChange && note.kind !== 'note' && <p className={styles.hint}>{t('notes.kinds.kept')}</p>}
    </DetailsBlock>
  );
}
