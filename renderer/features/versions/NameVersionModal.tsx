import { Modal, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VersionSummary } from '#shared/api/versions.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { useLanguage } from '../../i18n/index.ts';
import { DialogActs } from '../../ui/index.ts';
import { formatMoment } from './formatMoment.ts';
import { useNameVersion } from './useNameVersion.ts';

interface Props {
  readonly noteId: NoteId;
  readonly opened: boolean;
  readonly onClose: () => void;
  /** The version to name; without one, a version is made. */
  readonly version?: VersionSummary | null;
  /** The moment that a version is made of; without one, now. */
  readonly moment?: NamedMoment | null;
}

/** A row of the note, and when it was written. */
export interface NamedMoment {
  readonly seq: number;
  readonly time: number;
}

const maxNameLength = 200;
const maxRemarkLength = 2_000;

/** Asks for a name and keeps the note as it is now, or as it was at a moment, under it (or gives it to a version that is there). */
export function NameVersionModal({ opened, onClose, version = null, moment = null, noteId }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t(version === null ? 'versions.name.title' : 'versions.name.renameTitle')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {/* Drawn again at each opening: nothing is left of what was typed the time before. */}
      {opened && <NameForm noteId={noteId} version={version} moment={moment} onClose={onClose} />}
    </Modal>
  );
}

function NameForm({
  noteId,
  version,
  moment,
  onClose,
}: {
  noteId: NoteId;
  version: VersionSummary | null;
  moment: NamedMoment | null;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [name, setName] = useState(version?.name ?? '');
  const [remark, setRemark] = useState(version?.remark ?? '');
  const save = useNameVersion(noteId);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() === '') return;
    save.mutate(
      { name: name.trim(), remark: remark.trim(), id: version?.id ?? null, seq: moment?.seq ?? null },
      { onSuccess: onClose },
    );
  };
  return (
    <form onSubmit={submit}>
      {version === null && (
        <Text size="sm" c="dimmed" mb="md">
          {moment === null
            ? t('versions.name.hint')
            : t('versions.name.momentHint', { date: formatMoment(moment.time, language) })}
        </Text>
      )}
      <TextInput
        data-autofocus
        label={t('versions.name.label')}
        placeholder={t('versions.name.placeholder')}
        value={name}
        maxLength={maxNameLength}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        mt="md"
        rows={3}
        label={t('versions.name.remark')}
        placeholder={t('versions.name.remarkPlaceholder')}
        value={remark}
        maxLength={maxRemarkLength}
        onChange={(event) => setRemark(event.currentTarget.value)}
      />
      <DialogActs
        act={t('versions.name.save')}
        isBusy={save.isPending}
        disabled={name.trim() === ''}
        onClose={onClose}
      />
    </form>
  );
}
