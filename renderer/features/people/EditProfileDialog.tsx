import { Button, Modal, Textarea, TextInput } from '@mantine/core';
import { IconBuildingCommunity, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProfilePage } from '#shared/api/people.ts';
import { api, keys, useFailure, useNamedNotes } from '../../api/index.ts';
import { DialogActs, IconButton, notify, notifyProblem, PickerDialog } from '../../ui/index.ts';
import styles from './Profile.module.css';

interface Props {
  readonly page: ProfilePage;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Changes what one says of oneself. */
export function EditProfileDialog({ page, opened, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('people.edit')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <EditForm page={page} onClose={onClose} />
    </Modal>
  );
}

function EditForm({ page, onClose }: Omit<Props, 'opened'>) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const failure = useFailure();
  const [organisation, setOrganisation] = useState(page.organisation);
  const [note, setNote] = useState(page.organisationNote);
  const [presentation, setPresentation] = useState(page.presentation);
  const [isPicking, setPicking] = useState(false);
  const [words, setWords] = useState('');
  const organisations = useNamedNotes('organisation', words, isPicking);
  const save = useMutation({
    mutationFn: () => api.changeProfile({ organisation, organisationNote: note?.id ?? null, presentation }),
    onSuccess: (next) => {
      client.setQueryData(keys.profile(page.person.id), next);
      notify(t('people.saved'));
      onClose();
    },
    onError: (error) => notifyProblem(failure(error)),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit}>
      {note === null ? (
        <TextInput
          data-autofocus
          label={t('people.organisation')}
          placeholder={t('people.organisationPlaceholder')}
          maxLength={120}
          value={organisation}
          onChange={(event) => setOrganisation(event.currentTarget.value)}
        />
      ) : (
        <>
          <p className={styles.fieldLabel}>{t('people.organisation')}</p>
          <p className={styles.linked}>
            <IconBuildingCommunity size={16} stroke={1.7} aria-hidden="true" />
            <span className={styles.linkedName}>{note.title || t('app.untitled')}</span>
            <IconButton label={t('people.unlink')} size={28} onClick={() => setNote(null)}>
              <IconX size={15} stroke={1.8} />
            </IconButton>
          </p>
        </>
      )}
      <Button mt={6} size="compact-sm" variant="subtle" onClick={() => setPicking(true)}>
        {t('people.link')}
      </Button>
      <Textarea
        mt="md"
        autosize
        minRows={4}
        maxRows={12}
        label={t('people.presentation')}
        description={t('people.presentationHint')}
        maxLength={1_000}
        value={presentation}
        onChange={(event) => setPresentation(event.currentTarget.value)}
      />
      <DialogActs act={t('app.save')} isBusy={save.isPending} onClose={onClose} />
      <PickerDialog
        opened={isPicking}
        onClose={() => setPicking(false)}
        title={t('people.link')}
        words={{
          search: t('people.search'),
          add: t('people.choose'),
          there: t('people.chosen'),
          none: t('people.noOrganisation'),
        }}
        icon={<IconBuildingCommunity size={17} stroke={1.6} aria-hidden="true" />}
        text={words}
        onText={setWords}
        items={
          organisations.data?.notes.map(({ id, title }) => ({
            key: id,
            name: title || t('app.untitled'),
            isThere: id === note?.id,
          })) ?? null
        }
        total={organisations.data?.total}
        problem={
          organisations.isError
            ? { text: failure(organisations.error), retry: () => void organisations.refetch() }
            : null
        }
        isBusy={false}
        onPick={({ key, name }) => {
          setNote({ id: key, title: name });
          setPicking(false);
        }}
      />
    </form>
  );
}
