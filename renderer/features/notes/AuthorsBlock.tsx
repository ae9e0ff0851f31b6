import { Button, Menu } from '@mantine/core';
import { IconDots, IconMail, IconPencilPlus, IconPlus, IconUser } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NotePage } from '#shared/api/notes.ts';
import { isHere } from '#shared/domain/Person.ts';
import { canAskToEdit, canChangeAuthors, canContactAuthors } from '#shared/permissions/permissions.ts';
import { usePerson } from '../../api/index.ts';
import { DetailsBlock, IconButton, MessageDialog, PersonLink, PersonMark } from '../../ui/index.ts';
import { AddAuthorDialog } from './AddAuthorDialog.tsx';
import { type NotePeople, useNotePeople } from './useNotePeople.ts';
import styles from './NoteDetails.module.css';

/** Who writes the note, and what may be done about it: write to them, ask to be one, add one, leave. */
export function AuthorsBlock({ page }: { readonly page: NotePage }) {
  const { t } = useTranslation();
  const { note } = page;
  const person = usePerson();
  const people = useNotePeople(page);
  const [dialog, setDialog] = useState<'contact' | 'ask' | 'add' | null>(null);
  const close = (): void => setDialog(null);
  const isTrashed = note.trashedAt !== null;
  const isNamed = page.authorMode === 'people';
  const canChange = canChangeAuthors(page.role) && !isTrashed;
  const isAlone = note.authors.every((one) => one.id === person?.id || !isHere(one));
  return (
    <DetailsBlock title={t('notes.details.authors')} icon={<IconUser size={16} stroke={1.7} />}>
      {!isNamed && <p className={styles.hint}>{t('notes.details.followsCommunity')}</p>}
      <ul role="list">
        {note.authors.map((author) => (
          <li key={author.id} className={styles.person}>
            <PersonMark person={author} size={24} />
            <PersonLink person={author}>
              {author.id === person?.id ? t('notes.people.you', { name: author.name }) : author.name}
            </PersonLink>
          </li>
        ))}
      </ul>
      <div className={styles.personActs}>
        {canContactAuthors(page.role) && person !== null && !isAlone && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconMail size={15} />}
            onClick={() => setDialog('contact')}
          >
            {t('notes.people.contact')}
          </Button>
        )}
        {canAskToEdit(page.role) &&
          person !== null &&
          (page.asked ? (
            <p className={styles.hint} role="status">
              {t('notes.people.asked')}
            </p>
          ) : (
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconPencilPlus size={15} />}
              onClick={() => setDialog('ask')}
            >
              {t('notes.people.ask')}
            </Button>
          ))}
        {canChange && (
          <span className={styles.authorActs}>
            {isNamed && (
              <Button
                size="compact-sm"
                variant="subtle"
                leftSection={<IconPlus size={15} />}
                onClick={() => setDialog('add')}
              >
                {t('notes.people.add')}
              </Button>
            )}
            <AuthorMenu page={page} people={people} />
          </span>
        )}
      </div>
      <MessageDialog
        opened={dialog === 'contact'}
        onClose={close}
        title={t('notes.people.contactTitle')}
        label={t('notes.people.contactText')}
        hint={t('notes.people.contactHint')}
        send={t('notes.people.contactSend')}
        isSending={people.contact.isPending}
        onSend={(text) => people.contact.mutate(text, { onSuccess: close })}
      />
      <MessageDialog
        opened={dialog === 'ask'}
        onClose={close}
        title={t('notes.people.askTitle')}
        label={t('notes.people.askText')}
        send={t('notes.people.askSend')}
        optional
        isSending={people.ask.isPending}
        onSend={(text) => people.ask.mutate(text, { onSuccess: close })}
      />
      <AddAuthorDialog page={page} people={people} opened={dialog === 'add'} onClose={close} />
    </DetailsBlock>
  );
}

function AuthorMenu({ page, people }: { readonly page: NotePage; readonly people: NotePeople }) {
  const { t } = useTranslation();
  const person = usePerson();
  const isNamed = page.authorMode === 'people';
  // Those who follow a community are taken off there.
  const byName = page.note.authors.filter((author) => page.authorsByName.includes(author.id));
  const others = byName.filter((author) => author.id !== person?.id);
  const canFollow = isNamed && page.community !== null && page.note.kind !== 'organisation';
  const self = byName.find((author) => author.id === person?.id);
  const canLeave = self !== undefined && (!isNamed || others.length > 0);
  if (isNamed && others.length === 0 && !canFollow) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <IconButton label={t('notes.people.menu')} size={28}>
          <IconDots size={16} stroke={1.7} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        {others.map((author) => (
          <Menu.Item key={author.id} onClick={() => people.removeAuthor.mutate(author)}>
            {t('notes.people.remove', { name: author.name })}
          </Menu.Item>
        ))}
        {canFollow && (
          <Menu.Item onClick={() => people.setMode.mutate('community')}>{t('notes.people.follow')}</Menu.Item>
        )}
        {!isNamed && (
          <Menu.Item onClick={() => people.setMode.mutate('people')}>{t('notes.people.unfollow')}</Menu.Item>
        )}
        {canLeave && (
          <>
            <Menu.Divider />
            <Menu.Item color="red" onClick={() => people.removeAuthor.mutate(self)}>
              {t('notes.people.leave')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
