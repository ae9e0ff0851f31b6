import { Button, Checkbox } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArchive,
  IconFileText,
  IconInfoCircle,
  IconNotebook,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ArchivePreview as Archive, ImportPreview } from '#shared/api/imports.ts';
import { formatDateTime } from '#shared/domain/dates.ts';
import { formatBytes, formatList, useLanguage } from '../../i18n/index.ts';
import { ScrollRegion } from '../../ui/index.ts';
import styles from './ImportDialog.module.css';

interface Props {
  readonly preview: ImportPreview;
  readonly archive: Archive;
  /** @param asBefore - whether what comes is as open as it was. */
  readonly onMake: (asBefore: boolean) => void;
  readonly onCancel: () => void;
}

/** Lines that are drawn: of thousands of notes the first say enough. */
const mostLines = 200;

/** What an archive holds, what of it is here already, and what becomes of it, before anything is made. */
export function ArchivePreview({ preview, archive, onMake, onCancel }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { notes, media, title } = preview;
  const { madeAt, madeBy, from, collections, versions, editions, lostEditions, before } = archive;
  const { people, withheld, refused } = archive;
  const [asBefore, setAsBefore] = useState(false);
  const reopened = useReopened(before);
  const coming = [...archive.notes, ...collections.map(({ state }) => state)].filter((one) => one !== 'same');
  const countOf = (wanted: Archive['notes'][number]): number =>
    archive.notes.filter((state) => state === wanted).length;
  const [same, copies] = [countOf('same'), countOf('copy')] as const;
  const sums = [
    t('imports.notes', { count: notes.length }),
    ...(versions > 0 ? [t('imports.archive.versions', { count: versions })] : []),
    ...(editions > 0 ? [t('imports.archive.editions', { count: editions })] : []),
    ...(people > 0 ? [t('imports.archive.people', { count: people })] : []),
    ...(media.count > 0
      ? [`${t('imports.media', { count: media.count })} (${formatBytes(media.bytes, language)})`]
      : []),
  ];
  const told = [
    ...(same === 0 ? [] : [t('imports.archive.same', { count: same })]),
    ...(copies === 0 ? [] : [t('imports.archive.copies', { count: copies })]),
    ...(lostEditions === 0 ? [] : [t('imports.archive.lostEditions', { count: lostEditions })]),
    ...before.communities
      .filter(({ isHere }) => !isHere)
      .map(({ name }) => t('imports.archive.lostCommunity', { name })),
    ...(before.invited === 0 ? [] : [t('imports.archive.invited', { count: before.invited })]),
    ...(withheld === 0 ? [] : [t('imports.archive.withheld', { count: withheld })]),
    ...(archive.isOwn ? [] : [t('imports.archive.elsewhere')]),
  ];
  const when = formatDateTime(madeAt, language);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onMake(asBefore);
      }}
    >
      <p className={styles.archiveHead}>
        <IconArchive size={26} stroke={1.5} aria-hidden="true" />
        <span>
          <strong>{title}</strong>
          <span className={styles.hint}>
            {t(from === null ? 'imports.archive.made' : 'imports.archive.madeAt', {
              name: madeBy || t('imports.archive.somebody'),
              when,
              from: from ?? '',
            })}
          </span>
        </span>
      </p>
      <p className={styles.sums} role="status">
        {sums.join(' · ')}
      </p>
      <ScrollRegion className={styles.notes} label={t('imports.notesLabel')}>
        <ul role="list" aria-label={t('imports.notesLabel')}>
          {collections.map((one, at) => (
            <li key={`${at} ${one.title}`} className={styles.note}>
              <IconNotebook size={16} stroke={1.6} aria-hidden="true" />
              <span className={styles.noteTitle}>{one.title || t('imports.archive.untitled')}</span>
              <span className={styles.hint}>
                {t(`imports.archive.kinds.${one.kind}`)}
                {one.state === 'whole' ? '' : ` · ${t(`imports.archive.states.${one.state}`)}`}
              </span>
            </li>
          ))}
          {notes.slice(0, mostLines).map((note, at) => (
            <li key={note.path} className={styles.note}>
              <IconFileText size={16} stroke={1.6} aria-hidden="true" />
              <span className={styles.noteTitle}>{note.title || t('imports.archive.untitled')}</span>
              <span className={styles.hint}>
                {t(`imports.archive.states.${archive.notes[at] ?? 'whole'}`)}
              </span>
            </li>
          ))}
          {notes.length > mostLines && (
            <li className={styles.hint}>{t('imports.more', { count: notes.length - mostLines })}</li>
          )}
        </ul>
      </ScrollRegion>
      {coming.length > 0 && (
        <p className={styles.hint}>{t(asBefore ? 'imports.archive.named' : 'imports.archive.private')}</p>
      )}
      {reopened !== '' && (
        <Checkbox
          label={t('imports.archive.asBefore')}
          description={reopened}
          checked={asBefore}
          onChange={(event) => setAsBefore(event.currentTarget.checked)}
        />
      )}
      {told.length > 0 && (
        <section className={styles.report} aria-label={t('imports.archive.report')}>
          <h3 className={styles.reportHead}>
            <IconInfoCircle size={18} stroke={1.7} aria-hidden="true" />
            {t('imports.archive.report')}
          </h3>
          <ul className={styles.reportLines}>
            {told.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      )}
      {refused.count > 0 && (
        <p className={styles.problem} role="alert">
          <IconAlertTriangle size={20} stroke={1.7} aria-hidden="true" />
          <span>
            {t('imports.archive.refused', { count: refused.count })} {refused.titles.join(', ')}
          </span>
        </p>
      )}
      <div className={styles.acts}>
        <Button variant="default" onClick={onCancel}>
          {t('app.cancel')}
        </Button>
        <Button type="submit" autoFocus disabled={coming.length === 0}>
          {coming.length === 0 ? t('imports.archive.nothing') : t('imports.archive.make')}
        </Button>
      </div>
    </form>
  );
}

/** What « as before » opens, in sentences; empty where nothing was open. */
function useReopened({ visibilities, communities, people }: Archive['before']): string {
  const { t } = useTranslation();
  const language = useLanguage();
  const { community, members, public: everybody } = visibilities;
  const seen = [
    ...(everybody > 0 ? [t('imports.archive.seen.public', { count: everybody })] : []),
    ...(members > 0 ? [t('imports.archive.seen.members', { count: members })] : []),
    ...(community > 0 ? [t('imports.archive.seen.community', { count: community })] : []),
  ];
  const linked = communities.flatMap(({ name, isHere }) => (isHere ? [name] : []));
  const list = (words: readonly string[]): string => formatList(words, language);
  return [
    ...(seen.length > 0 ? [t('imports.archive.seenAgain', { list: list(seen) })] : []),
    ...(linked.length > 0 ? [t('imports.archive.linkedAgain', { list: list(linked) })] : []),
    ...(people.length > 0
      ? [t('imports.archive.peopleAgain', { list: list(people), count: people.length })]
      : []),
  ].join(' ');
}
