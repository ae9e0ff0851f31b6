import { Button, Modal } from '@mantine/core';
import { Suspense, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentId } from '#shared/domain/ids.ts';
import { formatDateTime, useLanguage } from '../i18n/index.ts';
import type { RecoveredCopy } from './OfflineStore.ts';
import { useRecoveredCopies } from './useRecoveredCopies.ts';
import classes from './collaboration.module.css';

/**
 * Says that words could not join a document, and lets people take them back. Shows nothing where there is no recovered copy.
 * @param props.documentId - the document of the page; absent: all documents, also those that are no longer open to the person.
 */
export function RecoveredCopyNotice({ documentId }: { readonly documentId?: DocumentId }) {
  return (
    <Suspense fallback={null}>
      <Notice {...(documentId === undefined ? {} : { documentId })} />
    </Suspense>
  );
}

function Notice({ documentId }: { readonly documentId?: DocumentId }) {
  const { t } = useTranslation();
  const { copies, remove } = useRecoveredCopies(documentId);
  const [isOpen, setIsOpen] = useState(false);
  if (copies.length === 0) return null;
  return (
    <div className={classes['notice']} data-testid="recovered-notice">
      <p>
        {t(
          documentId === undefined ? 'collaboration.recovered.noticeAll' : 'collaboration.recovered.notice',
          {
            count: copies.length,
          },
        )}
      </p>
      <Button variant="default" size="compact-sm" onClick={() => setIsOpen(true)}>
        {t('collaboration.recovered.show')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        title={t('collaboration.recovered.title')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('collaboration.recovered.close') }}
      >
        <p>{t('collaboration.recovered.help')}</p>
        {copies.map((copy) => (
          <Copy key={copy.id} copy={copy} onRemove={() => void remove(copy.id)} />
        ))}
      </Modal>
    </div>
  );
}

function Copy({ copy, onRemove }: { readonly copy: RecoveredCopy; readonly onRemove: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const labelId = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [outcome, setOutcome] = useState<'copied' | 'copyFailed' | null>(null);
  const [isSure, setIsSure] = useState(false);
  const text = [copy.title, copy.text].filter((part) => part !== '').join('\n\n');
  const onCopy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      field.current?.select();
      setOutcome('copyFailed');
    }
  };
  return (
    <section className={classes['copy']} aria-labelledby={labelId}>
      <p id={labelId}>
        {t('collaboration.recovered.from', { date: formatDateTime(copy.savedAt, language) })}
      </p>
      <p>{t(`collaboration.problem.${copy.reason}`)}</p>
      {text === '' ? (
        <p>{t('collaboration.recovered.empty')}</p>
      ) : (
        <textarea
          ref={field}
          className={classes['copyText']}
          readOnly
          value={text}
          aria-label={t('collaboration.recovered.text')}
        />
      )}
      <div className={classes['acts']}>
        {text !== '' && (
          <Button onClick={() => void onCopy()}>
            {t(outcome === 'copied' ? 'collaboration.recovered.copied' : 'collaboration.recovered.copy')}
          </Button>
        )}
        <Button
          variant={isSure ? 'filled' : 'default'}
          {...(isSure ? { color: 'red' } : {})}
          onClick={() => (isSure ? onRemove() : setIsSure(true))}
        >
          {t(isSure ? 'collaboration.recovered.removeConfirm' : 'collaboration.recovered.remove')}
        </Button>
      </div>
      <output>{outcome === 'copyFailed' ? t('collaboration.recovered.copyFailed') : ''}</output>
    </section>
  );
}
