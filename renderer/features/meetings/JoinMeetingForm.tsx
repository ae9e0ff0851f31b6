import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { meetingPlaceSchema } from '#shared/api/meeting.ts';
import { readMeetingCode } from '#shared/domain/meetingCode.ts';
import { keys, useFailure } from '../../api/index.ts';
import { DialogActs, notify } from '../../ui/index.ts';
import { firstCarnet, joinMeeting } from './joinedMeetingsApi.ts';
import styles from './Meetings.module.css';

/** Joins a meeting by the code that its host shows, and opens its carnet. */
export function JoinMeetingForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const failure = useFailure();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [code, setCode] = useState('');
  const [address, setAddress] = useState('');
  const [tried, setTried] = useState(false);
  const place = placeOf(address);
  const problems = {
    code: readMeetingCode(code) === null ? t('meetings.joinCodeWrong') : undefined,
    address: place === undefined ? t('meetings.joinAddressWrong') : undefined,
  };
  const join = useMutation({
    mutationFn: async () => {
      const meeting = await joinMeeting({ code, ...(place ? { place } : {}) });
      return { meeting, carnet: await firstCarnet(meeting.id).catch(() => null) };
    },
    onSuccess: ({ meeting, carnet }) => {
      notify(t('meetings.joined', { name: meeting.host }));
      onDone();
      void client.invalidateQueries({ queryKey: keys.meeting });
      if (carnet !== null) void navigate({ to: '/carnets/$carnetId', params: { carnetId: carnet } });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (problems.code === undefined && problems.address === undefined) join.mutate();
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <TextInput
        size="md"
        data-autofocus
        label={t('meetings.joinCode')}
        description={t('meetings.joinCodeHint')}
        autoCapitalize="characters"
        autoComplete="off"
        spellCheck={false}
        maxLength={60}
        value={code}
        error={tried ? problems.code : undefined}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <TextInput
        size="md"
        label={t('meetings.joinAddress')}
        description={t('meetings.joinAddressHint')}
        autoComplete="off"
        spellCheck={false}
        maxLength={30}
        value={address}
        error={tried ? problems.address : undefined}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      {join.isError && (
        <p className={styles.error} role="alert">
          {failure(join.error)}
        </p>
      )}
      <DialogActs act={t('meetings.joinAct')} isBusy={join.isPending} onClose={onDone} />
    </form>
  );
}

/** @returns null for none; undefined for what is no address. */
function placeOf(typed: string) {
  const text = typed.trim();
  if (text === '') return null;
  const [address, port] = text.split(':');
  return meetingPlaceSchema.safeParse({ address, port: Number(port) }).data;
}
