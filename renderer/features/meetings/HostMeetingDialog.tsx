import { Button, Checkbox, Group, Modal } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HostedMeeting } from '#shared/api/meeting.ts';
import type { CarnetId } from '#shared/domain/ids.ts';
import { showMeetingCode } from '#shared/domain/meetingCode.ts';
import { api, keys, queries, useFailure } from '../../api/index.ts';
import { DialogActs, notify, notifyProblem, PersonMark } from '../../ui/index.ts';
import styles from './Meetings.module.css';

interface Props {
  readonly carnet: CarnetId;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Hosts a meeting of a carnet on the local network: what the guests need to be told, who is there, and the way to end it. */
export function HostMeetingDialog({ carnet, opened, onClose }: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const hosted = useQuery({ ...queries.meeting(), enabled: opened });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t('meetings.hostTitle')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {hosted.isError && <p role="alert">{failure(hosted.error)}</p>}
      {hosted.data !== undefined &&
        (hosted.data.meeting === null ? (
          <Beginning carnet={carnet} canHost={hosted.data.canHost} onClose={onClose} />
        ) : (
          <Hosted meeting={hosted.data.meeting} onClose={onClose} />
        ))}
    </Modal>
  );
}

function Beginning({
  carnet,
  canHost,
  onClose,
}: {
  readonly carnet: CarnetId;
  readonly canHost: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const failure = useFailure();
  const client = useQueryClient();
  const [mayWrite, setMayWrite] = useState(true);
  const home = useQuery(queries.documentHome(carnet));
  const open = useMutation({
    mutationFn: () => api.openMeeting({ carnets: [carnet], mayWrite }),
    onSuccess: (hosted) => client.setQueryData(keys.meeting, hosted),
    onError: (error) => notifyProblem(failure(error)),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    open.mutate();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <p>{t('meetings.hostText')}</p>
      <Checkbox
        label={t('meetings.mayWrite')}
        checked={mayWrite}
        onChange={(event) => setMayWrite(event.currentTarget.checked)}
      />
      {mayWrite && home.data?.state != null && <p className={styles.hint}>{t('meetings.elsewhere')}</p>}
      {!canHost && (
        <p className={styles.warning} role="alert">
          {t('meetings.noNetwork')}
        </p>
      )}
      <DialogActs act={t('meetings.begin')} isBusy={open.isPending} disabled={!canHost} onClose={onClose} />
    </form>
  );
}

function Hosted({
  meeting,
  onClose,
}: {
  readonly meeting: NonNullable<HostedMeeting['meeting']>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const failure = useFailure();
  const client = useQueryClient();
  const onError = (error: unknown): void => notifyProblem(failure(error));
  const refresh = () => client.invalidateQueries({ queryKey: keys.meeting });
  const renew = useMutation({ mutationFn: () => api.renewMeetingCode(), onSuccess: refresh, onError });
  const remove = useMutation({ mutationFn: api.removeMeetingGuest, onSuccess: refresh, onError });
  const end = useMutation({
    mutationFn: () => api.endMeeting(),
    onSuccess: () => {
      notify(t('meetings.ended'));
      onClose();
      return refresh();
    },
    onError,
  });
  const titles = meeting.carnets.map(({ title }) => title || t('app.untitled')).join(', ');
  return (
    <div className={styles.form}>
      <p className={styles.hint}>{t('meetings.show')}</p>
      <dl className={styles.told}>
        <dt>{t('meetings.code')}</dt>
        <dd className={styles.code}>{showMeetingCode(meeting.code)}</dd>
        <dt>{t('meetings.address')}</dt>
        {meeting.places.map(({ address, port }) => (
          <dd key={`${address}:${port}`} className={styles.address}>
            {address}:{port}
          </dd>
        ))}
      </dl>
      <p className={styles.hint}>{t('meetings.carnet', { title: titles })}</p>
      {meeting.wrongCodes > 0 && (
        <p className={styles.warning} role="status">
          {meeting.locked ? t('meetings.locked') : t('meetings.wrong', { count: meeting.wrongCodes })}
        </p>
      )}
      <section>
        <h3 className={styles.heading}>{t('meetings.here')}</h3>
        {meeting.guests.length === 0 && <p className={styles.hint}>{t('meetings.nobody')}</p>}
        <ul role="list" className={styles.guests}>
          {meeting.guests.map((guest) => (
            <li key={guest.id} className={styles.guest}>
              <PersonMark person={guest} />
              <span className={styles.guestName}>
                {guest.name}
                {!guest.isHere && <span className={styles.hint}> · {t('meetings.away')}</span>}
              </span>
              <Button
                size="compact-sm"
                variant="subtle"
                color="red"
                aria-label={t('meetings.removeLabel', { name: guest.name })}
                onClick={() => remove.mutate(guest.id)}
              >
                {t('meetings.remove')}
              </Button>
            </li>
          ))}
        </ul>
      </section>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" loading={renew.isPending} onClick={() => renew.mutate()}>
          {t('meetings.renew')}
        </Button>
        <Button color="red" loading={end.isPending} onClick={() => end.mutate()}>
          {t('meetings.end')}
        </Button>
      </Group>
    </div>
  );
}
