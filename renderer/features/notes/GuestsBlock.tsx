import { IconUserQuestion, IconUserX, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { NotePage } from '#shared/api/notes.ts';
import { DetailsBlock, IconButton, PersonMark, RequestList } from '../../ui/index.ts';
import { useNotePeople } from './useNotePeople.ts';
import styles from './NoteDetails.module.css';

/** For the authors: who asks to write with them, and who was invited. */
export function GuestsBlock({ page }: { readonly page: NotePage }) {
  const { t } = useTranslation();
  const people = useNotePeople(page);
  const guests = [
    ...page.commenters.map((guest) => ({ guest, mark: t('notes.details.commenterMark') })),
    ...page.readers.map((guest) => ({ guest, mark: t('notes.details.readerMark') })),
  ];
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
      {guests.length > 0 && (
        <DetailsBlock title={t('notes.details.guests')} icon={<IconUsers size={16} stroke={1.7} />}>
          <ul role="list">
            {guests.map(({ guest, mark }) => (
              <li key={guest.id} className={styles.person}>
                <PersonMark person={guest} size={24} />
                <span className={styles.candidateName}>
                  {guest.name}
                  <span className={styles.mark}>{mark}</span>
                </span>
                <IconButton
                  label={t('notes.people.remove', { name: guest.name })}
                  size={28}
                  onClick={() => people.removeReader.mutate(guest)}
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
