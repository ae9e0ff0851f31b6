import { IconUserQuestion, IconUserX, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { NotePage } from '#shared/api/notes.ts';
import { DetailsBlock, IconButton, PersonMark, RequestList } from '../../ui/index.ts';
import { useNotePeople } from './useNotePeople.ts';
import styles from './NoteDetails.module.css';

/** For the authors: who asks to write with them, and who was invited to read. */
export function GuestsBlock({ page }: { readonly page: NotePage }) {
  const { t } = useTranslation();
  const people = useNotePeople(page);
  return (
    <>
      {page.editRequests.length > 0 && (
        <DetailsBlock title={t('notes.people.requests')} icon={<IconUserQuestion size={16} stroke={1.7} />}>
          <RequestList
            requests={page.editRequests}
            isBusy={people.answer.isPending}
            words={{
              approve: t('notes.people.approve'),
              refuse: t('notes.people.refuse'),
              approveLabel: (name) => t('notes.people.approveLabel', { name }),
              refuseLabel: (name) => t('notes.people.refuseLabel', { name }),
            }}
            onAnswer={(person, approved) => people.answer.mutate({ person, approved })}
          />
        </DetailsBlock>
      )}
      {page.readers.length > 0 && (
        <DetailsBlock title={t('notes.details.readers')} icon={<IconUsers size={16} stroke={1.7} />}>
          <ul role="list">
            {page.readers.map((reader) => (
              <li key={reader.id} className={styles.person}>
                <PersonMark person={reader} size={24} />
                <span className={styles.candidateName}>{reader.name}</span>
                <IconButton
                  label={t('notes.people.remove', { name: reader.name })}
                  size={28}
                  onClick={() => people.removeReader.mutate(reader)}
                >
                  <IconUserX size={16} stroke={1.7} />
                </IconButton>
              </li>
            ))}
          </ul>
        </DetailsBlock>
      )}
    </>
  );
}
