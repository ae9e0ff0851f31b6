import { Modal, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoteId } from '#shared/domain/ids.ts';
import { isDay } from '#shared/domain/dates.ts';
import { lockWords, maxLockSentence } from '#shared/domain/lock.ts';
import { useLanguage } from '../../i18n/index.ts';
import { DialogActs } from '../../ui/index.ts';
import { useLockNote } from './useLockNote.ts';
import styles from './Lock.module.css';

interface Props {
  readonly noteId: NoteId;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Asks for the day of the adoption and, if wanted, how it was; then locks the note. */
export function LockDialog({ noteId, opened, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('notes.lock.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {opened && <LockForm noteId={noteId} onClose={onClose} />}
    </Modal>
  );
}

/** Today where the person is. */
function today(): string {
  const now = new Date();
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

function LockForm({ noteId, onClose }: Pick<Props, 'noteId' | 'onClose'>) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { lock } = useLockNote(noteId);
  const [day, setDay] = useState(today);
  const [sentence, setSentence] = useState('');
  const given = { day, sentence: sentence.trim() || null };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isDay(day)) lock.mutate(given, { onSuccess: onClose });
  };
  return (
    <form onSubmit={submit}>
      <Text size="sm" c="dimmed" mb="md">
        {t('notes.lock.hint')}
      </Text>
      <TextInput
        data-autofocus
        type="date"
        label={t('notes.lock.day')}
        value={day}
        onChange={(event) => setDay(event.currentTarget.value)}
        error={isDay(day) ? null : t('notes.lock.dayWrong')}
      />
      <TextInput
        mt="md"
        label={t('notes.lock.sentence')}
        placeholder={t('notes.lock.sentencePlaceholder')}
        value={sentence}
        maxLength={maxLockSentence}
        onChange={(event) => setSentence(event.currentTarget.value)}
      />
      <p className={styles.preview} aria-live="polite">
        {isDay(day) ? t('notes.lock.preview', { words: lockWords(given, language) }) : '\u00a0'}
      </p>
      <DialogActs
        act={t('notes.lock.act')}
        isBusy={lock.isPending}
        disabled={!isDay(day)}
        onClose={onClose}
      />
    </form>
  );
}
