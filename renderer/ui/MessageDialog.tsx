import { Modal, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogActs } from './DialogActs.tsx';

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly label: string;
  readonly hint?: string;
  readonly send: string;
  /** Whether it may be sent without a word. */
  readonly optional?: boolean;
  readonly isSending: boolean;
  readonly onSend: (text: string) => void;
}

/** A few words to somebody. */
export function MessageDialog({ opened, onClose, title, ...form }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <MessageForm {...form} onClose={onClose} />
    </Modal>
  );
}

function MessageForm({
  label,
  hint,
  send,
  optional = false,
  isSending,
  onSend,
  onClose,
}: Omit<Props, 'opened' | 'title'>) {
  const [text, setText] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSend(text.trim());
  };
  return (
    <form onSubmit={submit}>
      <Textarea
        data-autofocus
        autosize
        minRows={4}
        maxRows={12}
        label={label}
        description={hint}
        maxLength={2_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <DialogActs
        act={send}
        isBusy={isSending}
        disabled={!optional && text.trim() === ''}
        onClose={onClose}
      />
    </form>
  );
}
