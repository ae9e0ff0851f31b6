import { Button, NativeSelect } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy, IconCopyright } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { NotePage } from '#shared/api/notes.ts';
import { citationText, citeApa } from '#shared/domain/citation.ts';
import { lockWords } from '#shared/domain/lock.ts';
import { type Licence, licenceName, licences, licenceUrl } from '#shared/domain/Licence.ts';
import { canChangeLicence } from '#shared/permissions/permissions.ts';
import { useSession } from '../../api/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { platform } from '../../platform/index.ts';
import { DetailsBlock } from '../../ui/index.ts';
import { useNoteChange } from './useNoteChange.ts';
import styles from './NoteDetails.module.css';

/** Under what others may use the note, and how they cite it. */
export function LicenceBlock({ page }: { readonly page: NotePage }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const clipboard = useClipboard({ timeout: 2_000 });
  const { note } = page;
  const session = useSession();
  const change = useNoteChange(note.id, () => t('notes.licence.changed'));
  const nameOf = (licence: Licence): string => licenceName(licence) ?? t('notes.licence.allRights');
  const url = licenceUrl(note.licence, language);
  const citation = citeApa(
    {
      title: note.title,
      authors: note.authors.flatMap((author) => (author.kind === 'departed' ? [] : author.name)),
      organisation: page.authorMode === 'community' ? (page.community?.name ?? null) : null,
      publishedAt: note.publishedAt,
      adopted: note.lock === null ? null : lockWords(note.lock, language),
      site: t('app.name'),
      url: session.relay.kind === 'local' ? null : `${globalThis.location.origin}/notes/${note.id}`,
    },
    language,
  );
  return (
    <DetailsBlock title={t('notes.licence.title')} icon={<IconCopyright size={16} stroke={1.7} />}>
      {canChangeLicence(page.role) && note.trashedAt === null ? (
        <NativeSelect
          size="sm"
          aria-label={t('notes.licence.change')}
          value={note.licence}
          onChange={(event) => change.mutate({ licence: event.currentTarget.value as Licence })}
          data={licences.map((value) => ({ value, label: nameOf(value) }))}
        />
      ) : (
        nameOf(note.licence)
      )}
      <p className={styles.hint}>{t(`notes.licence.hints.${note.licence}`)}</p>
      {url !== null && (
        <Button
          className={styles.add ?? ''}
          size="compact-sm"
          variant="subtle"
          onClick={() => void platform.openExternal(url)}
        >
          {t('notes.licence.read')}
        </Button>
      )}
      <h3 className={styles.citationTitle}>{t('notes.licence.cite')}</h3>
      <p className={styles.citation}>
        {citation.before}
        <cite>{citation.title}</cite>
        {citation.after}
      </p>
      <Button
        className={styles.add ?? ''}
        size="compact-sm"
        variant="subtle"
        leftSection={clipboard.copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
        onClick={() => clipboard.copy(citationText(citation))}
      >
        {t(clipboard.copied ? 'app.copied' : 'notes.licence.copy')}
      </Button>
    </DetailsBlock>
  );
}
