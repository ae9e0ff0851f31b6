import { Button, Loader } from '@mantine/core';
import {
  IconChevronRight,
  IconDownload,
  IconShieldCheck,
  IconShieldExclamation,
  IconShieldQuestion,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Integrity } from '#shared/api/proof.ts';
import type { NoteId, VersionId } from '#shared/domain/ids.ts';
import { useFailure } from '../../../api/index.ts';
import { formatDateTime, useLanguage } from '../../../i18n/index.ts';
import { ProofOfHome } from '../../homes/index.ts';
import { integrityQuery, proofAddress } from './proofApi.ts';
import { useIntegritySentences } from './useIntegritySentences.ts';
import styles from './VersionIntegrity.module.css';

const icons = {
  intact: IconShieldCheck,
  broken: IconShieldExclamation,
  thinned: IconShieldQuestion,
} as const;

/** Whether a version, and all that led to it, is as it was written: a line, and behind it what was checked and the proof as a file. */
export function VersionIntegrity({
  noteId,
  version,
}: {
  readonly noteId: NoteId;
  readonly version: VersionId;
}) {
  const { t } = useTranslation();
  const failure = useFailure();
  const query = useQuery(integrityQuery(noteId, version));
  if (query.data !== undefined)
    return (
      <CheckedVersion
        noteId={noteId}
        version={version}
        integrity={query.data}
        isChecking={query.isFetching}
        onAgain={() => void query.refetch()}
      />
    );
  return (
    <p className={styles.line} role="status">
      {query.isError ? (
        <>
          <IconShieldQuestion size={17} stroke={1.7} aria-hidden="true" />
          {t('versions.proof.notChecked', { why: failure(query.error) })}
          <Button size="compact-sm" variant="subtle" onClick={() => void query.refetch()}>
            {t('app.retry')}
          </Button>
        </>
      ) : (
        <>
          <Loader size={14} aria-hidden="true" />
          {t('versions.proof.checking')}
        </>
      )}
    </p>
  );
}

interface CheckedProps {
  readonly noteId: NoteId;
  readonly version: VersionId;
  readonly integrity: Integrity;
  readonly isChecking: boolean;
  readonly onAgain: () => void;
}

function CheckedVersion({ noteId, version, integrity, isChecking, onAgain }: CheckedProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const sentences = useIntegritySentences(integrity);
  const { state, isCopy, checkedAt, key } = integrity;
  const isGivenHere = state === 'intact' && !isCopy;
  const Icon = icons[state];
  return (
    <details className={styles.integrity} data-state={state}>
      <summary className={styles.line}>
        <IconChevronRight className={styles.chevron} size={15} stroke={1.8} aria-hidden="true" />
        <Icon className={styles.icon} size={17} stroke={1.7} aria-hidden="true" />
        <span className={styles.verdict}>{t(`versions.proof.${state}`)}</span>
        {state === 'broken' && <span className={styles.first}>{sentences.breaks[0]}</span>}
      </summary>
      <div className={styles.more}>
        <ul className={styles.sentences}>
          {[...sentences.breaks, ...sentences.found].map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
          <li>{t('versions.proof.checkedAt', { date: formatDateTime(checkedAt, language) })}</li>
        </ul>
        <div className={styles.acts}>
          {isGivenHere && (
            <Button
              component="a"
              size="compact-sm"
              variant="default"
              leftSection={<IconDownload size={15} stroke={1.7} />}
              href={proofAddress(noteId, version, language)}
              download
            >
              {t('versions.proof.export')}
            </Button>
          )}
          <Button size="compact-sm" variant="subtle" loading={isChecking} onClick={onAgain}>
            {t('versions.proof.again')}
          </Button>
        </div>
        {isGivenHere && <p className={styles.hint}>{t('versions.proof.exportHint')}</p>}
        <p className={styles.hint}>
          {isCopy ? (
            <ProofOfHome note={noteId} />
          ) : (
            <>
              {t('versions.proof.key')}{' '}
              <code className={styles.key}>{key.replaceAll(/(.{8})(?=.)/g, '$1 ')}</code>
            </>
          )}
        </p>
      </div>
    </details>
  );
}
