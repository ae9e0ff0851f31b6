import { Modal, TextInput } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BrokenLink } from '#shared/api/links.ts';
import { isMalformedAddress } from '#shared/document/malformedAddress.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { queries, useFailure } from '../../api/index.ts';
import { linkAddressFrom } from '../../editor/panels/linkAddress.ts';
import { DialogActs, PickerDialog, pickerProblem } from '../../ui/index.ts';

interface Props {
  /** Null while it is closed. */
  readonly link: BrokenLink | null;
  readonly onClose: () => void;
  /** @param next - a note's id for a link to a note, an address for an address. */
  readonly onReplace: (link: BrokenLink, next: string) => void;
}

/** Asks where a link should lead in the place of nowhere. */
export function ReplaceLinkDialog({ link, onClose, onReplace }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <NotePicker
        opened={link?.kind === 'note'}
        onClose={onClose}
        onPick={(id) => link !== null && onReplace(link, id)}
      />
      <Modal
        opened={link?.kind === 'address'}
        onClose={onClose}
        title={t('notes.links.replaceAddress')}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        {link?.kind === 'address' && (
          <AddressForm href={link.href} onClose={onClose} onReplace={(next) => onReplace(link, next)} />
        )}
      </Modal>
    </>
  );
}

function NotePicker({
  opened,
  onClose,
  onPick,
}: {
  opened: boolean;
  onClose: () => void;
  onPick: (id: NoteId) => void;
}) {
  const { t } = useTranslation();
  const failure = useFailure();
  const [text, setText] = useState('');
  const searched = text.trim();
  const recent = useQuery({ ...queries.recentNotes(), enabled: opened });
  const found = useQuery({ ...queries.search(searched), enabled: opened && searched !== '' });
  const asked = searched === '' ? recent : found;
  const items =
    searched === ''
      ? recent.data?.notes.map(({ id, title, excerpt }) => ({ id, title, snippet: excerpt }))
      : found.data?.notes;
  return (
    <PickerDialog
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t('notes.links.replaceNote')}
      words={{
        search: t('notes.links.search'),
        add: t('notes.links.choose'),
        there: t('notes.links.choose'),
        none: t('notes.links.none'),
      }}
      icon={<IconFileText size={17} stroke={1.6} aria-hidden="true" />}
      text={text}
      onText={setText}
      items={
        items?.map(({ id, title, snippet }) => ({
          key: id,
          name: title || t('app.untitled'),
          snippet,
          isThere: false,
        })) ?? null
      }
      problem={pickerProblem(asked, failure)}
      isBusy={false}
      onPick={({ key }) => onPick(key)}
    />
  );
}

function AddressForm({
  href,
  onClose,
  onReplace,
}: {
  href: string;
  onClose: () => void;
  onReplace: (next: string) => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState(href === '#' ? '' : href);
  const address = linkAddressFrom(text);
  const isGood = address !== null && !isMalformedAddress(address);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isGood) onReplace(address);
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        data-autofocus
        label={t('notes.links.address')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={text.trim() === '' || isGood ? null : t('notes.links.addressWrong')}
      />
      <DialogActs act={t('notes.links.replace')} disabled={!isGood} onClose={onClose} />
    </form>
  );
}
