import { Button, Modal } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys, useFailure } from '../../api/index.ts';
import { notifyProblem } from '../../ui/index.ts';
import { joinedMeetingsQuery, leaveMeeting } from './joinedMeetingsApi.ts';
import { JoinMeetingForm } from './JoinMeetingForm.tsx';
import styles from './Meetings.module.css';

/** In the settings of a computer: the meetings that were joined, how each stands, and the way to join one. */
export function MeetingsSection() {
  const { t } = useTranslation();
  const failure = useFailure();
  const client = useQueryClient();
  const list = useQuery(joinedMeetingsQuery());
  const [isJoining, setJoining] = useState(false);
  const close = (): void => setJoining(false);
  const leave = useMutation({
    mutationFn: leaveMeeting,
    onSuccess: () => client.invalidateQueries({ queryKey: keys.meeting }),
    onError: (error) => notifyProblem(failure(error)),
  });
  return (
    <>
      <p className={styles.hint}>{t('meetings.intro')}</p>
      {list.isError && <p role="alert">{failure(list.error)}</p>}
      <ul role="list" className={styles.guests}>
        {list.data?.meetings.map(({ id, host, problem }) => {
          const isOver = problem === 'not_signed_in';
          return (
            <li key={id} className={styles.guest}>
              <div className={styles.guestName}>
                <p>{t('meetings.with', { name: host })}</p>
                <p className={styles.hint} role="status">
                  {t(`meetings.states.${problem ?? 'joined'}`, { name: host })}
                </p>
              </div>
              <Button
                size="compact-sm"
                variant="subtle"
                color="red"
                aria-label={t(isOver ? 'meetings.forgetLabel' : 'meetings.leaveLabel', { name: host })}
                onClick={() => leave.mutate(id)}
              >
                {t(isOver ? 'meetings.forget' : 'meetings.leave')}
              </Button>
            </li>
          );
        })}
      </ul>
      <div>
        <Button variant="default" onClick={() => setJoining(true)}>
          {t('meetings.join')}
        </Button>
      </div>
      <Modal
        opened={isJoining}
        onClose={close}
        title={t('meetings.join')}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <JoinMeetingForm onDone={close} />
      </Modal>
    </>
  );
}
