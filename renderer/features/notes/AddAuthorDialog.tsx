import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { NotePage } from '#shared/api/notes.ts';
import { queries } from '../../api/index.ts';
import { PersonMark, RowSkeletons } from '../../ui/index.ts';
import type { NotePeople } from './useNotePeople.ts';
import styles from './NoteDetails.module.css';

interface Props {
  readonly page: NotePage;
  readonly people: NotePeople;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Makes somebody that one knows an author. */
export function AddAuthorDialog({ page, people, opened, onClose }: Props) {
  const { t } = useTranslation();
  const list = useQuery({ ...queries.authorCandidates(page.note.id), enabled: opened });
  const candidates = list.data?.people ?? [];
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('notes.people.addTitle')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <p className={styles.hint}>{t('notes.people.addHint')}</p>
      {list.isPending && <RowSkeletons count={3} height={40} label={t('app.loading')} />}
      {list.isSuccess && candidates.length === 0 && (
        <p className={styles.candidate}>{t('notes.people.addNone')}</p>
      )}
      <ul role="list">
        {candidates.map((person) => (
          <li key={person.id} className={styles.candidate}>
            <PersonMark person={person} size={28} />
            <span className={styles.candidateName}>{person.name}</span>
            <Button
              size="compact-sm"
              variant="default"
              disabled={people.add.isPending}
              aria-label={t('notes.people.addAct', { name: person.name })}
              onClick={() => people.add.mutate(person, { onSuccess: onClose })}
            >
              {t('app.add')}
            </Button>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
