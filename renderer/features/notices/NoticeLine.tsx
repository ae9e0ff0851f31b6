import { Button } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoticeLine as Notice } from '#shared/api/notices.ts';
import { api, useFailure } from '../../api/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import {
  type LinePlace,
  MessageDialog,
  NamedSentence,
  notify,
  notifyProblem,
  PersonMark,
} from '../../ui/index.ts';
import { Moment } from '../notes/index.ts';
import { CollectionLink } from '../collections/index.ts';
import styles from './Notices.module.css';

const discussions: readonly string[] = [
  'discussed',
  'mentioned',
  'announced',
  'message_hidden',
  'message_shown',
];

interface Props {
  readonly notice: Notice;
  readonly isNew: boolean;
  /** Where it stands in the list that draws it. */
  readonly place: LinePlace;
}

/** One notice: who, what and when; it leads to what it is about, and a message is answered from it. */
export function NoticeLine({ notice, isNew, place }: Props) {
  const { t } = useTranslation();
  const isMany = notice.count > 1 && (notice.kind === 'discussed' || notice.kind === 'announced');
  const language = useLanguage();
  const say = (name: string): string =>
    t(isMany ? `notices.many.${notice.kind as 'discussed'}` : `notices.kind.${notice.kind}`, {
      count: notice.count,
      name,
      title: notice.title === null ? t('notices.closed') : notice.title || t('app.untitled'),
      carnet: notice.within === null ? t('notices.closedCarnet') : notice.within.title || t('app.untitled'),
    });
  return (
    <li {...place} className={styles.item} data-notice={notice.id}>
      <div className={styles.line}>
        {/* The whole line leads to what it is about; the name above it, to the person. */}
        <NoticeLink notice={notice} label={say(notice.from?.name ?? t('notices.someone'))} />
        {notice.from === null ? (
          <span className={styles.mark} aria-hidden="true">
            <IconBell size={15} stroke={1.8} />
          </span>
        ) : (
          <PersonMark person={notice.from} size={28} />
        )}
        <span className={styles.text}>
          <span className={styles.sentence}>
            {notice.from === null ? (
              say(t('notices.someone'))
            ) : (
              <NamedSentence people={[notice.from]} language={language} say={say} />
            )}
          </span>
          {notice.text !== null && notice.kind !== 'community_role' && (
            <span className={styles.words}>{notice.text}</span>
          )}
          <span className={styles.date}>
            <Moment time={notice.at} />
            {isNew && <span className={styles.new}>{t('notices.new')}</span>}
          </span>
        </span>
      </div>
      {notice.kind === 'message' && notice.from !== null && (
        <Answer notice={notice} name={notice.from.name} />
      )}
    </li>
  );
}

function Answer({ notice, name }: { readonly notice: Notice; readonly name: string }) {
  const { t } = useTranslation();
  const failure = useFailure();
  const [isOpen, setOpen] = useState(false);
  const answer = useMutation({
    mutationFn: (text: string) => api.answerNotice(notice.id, text),
    onSuccess: () => {
      setOpen(false);
      notify(t('notices.answer.sent'));
    },
    onError: (error) => notifyProblem(failure(error)),
  });
  return (
    <>
      <Button size="compact-sm" variant="default" className={styles.answer} onClick={() => setOpen(true)}>
        {t('notices.answer.act')}
      </Button>
      <MessageDialog
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={t('notices.answer.title', { name })}
        label={t('notices.answer.label')}
        hint={t('notices.answer.hint')}
        send={t('notices.answer.send')}
        isSending={answer.isPending}
        onSend={(text) => answer.mutate(text)}
      />
    </>
  );
}

/** Lies over the line; nothing where what it is about is closed to the person. */
function NoticeLink({ notice, label }: { readonly notice: Notice; readonly label: string }) {
  const { kind, subject, subjectId, title } = notice;
  if (kind === 'reported') return <Link to="/administration" className={styles.whole} aria-label={label} />;
  if (title === null) return null;
  switch (subject) {
    case 'community':
      return (
        <Link
          to="/communities/$communityId"
          params={{ communityId: subjectId }}
          className={styles.whole}
          aria-label={label}
        />
      );
    case 'note':
      return (
        <Link
          to="/notes/$noteId"
          params={{ noteId: subjectId }}
          hash={discussions.includes(kind) ? 'discussion' : ''}
          className={styles.whole}
          aria-label={label}
        />
      );
    case 'carnet':
    case 'base':
      return (
        <CollectionLink kind={subject} id={subjectId} className={styles.whole}>
          <span className="visually-hidden">{label}</span>
        </CollectionLink>
      );
  }
}
