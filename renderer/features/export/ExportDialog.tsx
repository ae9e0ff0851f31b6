import { Button, Checkbox, Modal } from '@mantine/core';
import { IconAlertTriangle, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type BookMoment,
  type BookOptions,
  editionOf,
  type ExportStatus,
  momentOfEdition,
} from '#shared/api/exports.ts';
import type { Edition } from '#shared/api/editions.ts';
import type { CarnetId, NoteId } from '#shared/domain/ids.ts';
import { failureCode, type FailureCode, useSession } from '../../api/index.ts';
import { useEditions } from './editions/useEditions.ts';
import { BookChoices } from './BookChoices.tsx';
import { rememberBook, rememberedBook } from './bookMemory.ts';
import { exportFailure } from './exportFailure.ts';
import { type FileForm, FormChoice } from './FormChoice.tsx';
import { ExportResult } from './ExportResult.tsx';
import { ExportRunning } from './ExportRunning.tsx';
import { MissingTexts } from './MissingTexts.tsx';
import { MomentChoice } from './MomentChoice.tsx';
import { saveFile } from './saveFile.ts';
import { useExport } from './useExport.ts';
import styles from './ExportDialog.module.css';

type Subject =
  | {
      readonly subject: 'note';
      readonly subjectId: NoteId;
      /** Whether the person sees its history: what it said before is for them. */
      readonly hasPast: boolean;
    }
  | {
      readonly subject: 'carnet';
      readonly subjectId: CarnetId;
      /** The edition that is exported, unless something else is chosen. */
      readonly edition?: Edition | null;
    };
type FormProps = Subject & {
  /** The language of what is exported: that of the book's own words. */
  readonly language: string;
  readonly onClose: () => void;
};
type Props = FormProps & { readonly opened: boolean };

/** Makes a file of a note or of a carnet: form, progress in words, cancel, download; the browser's print where a PDF cannot be made. */
export function ExportDialog({ opened, onClose, ...subject }: Props) {
  const { t } = useTranslation();
  return (
    // Escape closes the pages alone, where they are shown over it.
    <Modal.Stack>
      <Modal
        stackId="export"
        opened={opened}
        onClose={onClose}
        size="lg"
        title={t(subject.subject === 'note' ? 'share.export.titleNote' : 'share.export.titleCarnet')}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <ExportForm {...subject} onClose={onClose} />
      </Modal>
    </Modal.Stack>
  );
}

function ExportForm({ language, onClose, ...given }: FormProps) {
  const { t } = useTranslation();
  const session = useSession();
  const subject =
    given.subject === 'note'
      ? { subject: given.subject, subjectId: given.subjectId }
      : { subject: given.subject, subjectId: given.subjectId };
  const asked = given.subject === 'carnet' ? (given.edition ?? null) : null;
  const editions = useEditions(given.subject === 'carnet' ? given.subjectId : null, asked);
  const [to, setTo] = useState<FileForm>('pdf');
  const [options, setOptions] = useState<BookOptions>(
    () => asked?.options ?? rememberedBook(subject.subjectId),
  );
  const [moment, setMoment] = useState<BookMoment | null>(() =>
    asked === null ? 'now' : momentOfEdition(asked.number),
  );
  const [asksChanges, setAsksChanges] = useState(false);
  const { state, begin, cancel } = useExport(`${subject.subjectId} ${asked?.number ?? ''}`);
  const bookLanguage = language.startsWith('en') ? 'en' : 'fr';
  const refusal: FailureCode | null =
    state.kind === 'refused'
      ? failureCode(state.error)
      : state.kind === 'over' && state.status.step !== 'done'
        ? exportFailure(state.status)
        : state.kind === 'idle' && to === 'pdf' && !session.relay.pdf
          ? 'export_unavailable'
          : null;
  const number = moment === null ? null : editionOf(moment);
  // The newest that came before; there is none to tell the changes from where this is no edition, or the first.
  const earlier = number === null ? undefined : editions.find((one) => one.number < number);
  const changes = to === 'pdf' && earlier !== undefined && asksChanges;
  const start = (): void => {
    if (to === 'archive') {
      const of =
        given.subject === 'note'
          ? { kind: given.subject, id: given.subjectId }
          : { kind: given.subject, id: given.subjectId };
      begin({ subject: 'archive', of, language: bookLanguage });
      return;
    }
    if (moment === null) return;
    if (to === 'pdf' && number === null) rememberBook(subject.subjectId, options);
    begin({
      ...(subject.subject === 'carnet' ? { ...subject, changes } : subject),
      to,
      moment,
      ...options,
      language: bookLanguage,
    });
  };
  const download = async (status: ExportStatus): Promise<void> => {
    if (await saveFile(status)) onClose();
  };
  // An archive holds everything up to now.
  const choice = to !== 'archive' && (given.subject === 'carnet' || given.hasPast) && (
    <MomentChoice
      subject={subject.subject}
      moment={moment}
      editions={editions}
      onChange={(next) => {
        setMoment(next);
        // An edition is made as it was.
        const edition = next === null ? null : editionOf(next);
        const frozen = editions.find(({ number }) => number === edition);
        if (frozen !== undefined) setOptions(frozen.options);
      }}
    />
  );
  const changesChoice = to === 'pdf' && earlier !== undefined && (
    <Checkbox
      className={styles.wide}
      label={t('share.export.changes', { number: earlier.number })}
      description={t('share.export.changesHint')}
      checked={asksChanges}
      onChange={(event) => setAsksChanges(event.currentTarget.checked)}
    />
  );
  if (refusal === 'export_unavailable') {
    const { format, theme, numbered } = options;
    const query = new URLSearchParams({
      format,
      theme,
      numbered: String(numbered),
      language: bookLanguage,
      moment: moment ?? 'now',
      ...(changes && { changes: 'true' }),
    });
    const address = `/api/print/${subject.subject}/${subject.subjectId}?${query.toString()}`;
    return (
      <div className={styles.form}>
        <FormChoice to={to} onChange={setTo} />
        <p className={styles.intro}>{t('share.export.unavailable')}</p>
        {choice}
        <BookChoices options={options} onChange={setOptions} isOwnPrint />
        {changesChoice}
        <div className={styles.acts}>
          <Button
            component="a"
            href={address}
            target="_blank"
            rel="noopener"
            leftSection={<IconPrinter size={17} />}
            onClick={() => {
              rememberBook(subject.subjectId, options);
              onClose();
            }}
          >
            {t('share.export.print')}
          </Button>
        </div>
      </div>
    );
  }
  if (state.kind === 'running') return <ExportRunning status={state.status} onStop={cancel} />;
  if (state.kind === 'over' && state.status.step === 'done') {
    const { status } = state;
    return <ExportResult status={status} onDownload={() => void download(status)} />;
  }
  return (
    <div className={styles.form}>
      <FormChoice to={to} onChange={setTo} />
      <p className={styles.intro}>{t(`share.export.intros.${subject.subject}.${to}`)}</p>
      {refusal !== null && (
        <p className={styles.problem} role="alert">
          <IconAlertTriangle size={20} stroke={1.7} aria-hidden="true" />
          {refusal === 'invalid_request' ? t('share.export.moment.nothing') : t(`app.codes.${refusal}`)}
        </p>
      )}
      {choice}
      {to === 'pdf' && <BookChoices options={options} onChange={setOptions} />}
      {changesChoice}
      {to !== 'markdown' && to !== 'archive' && moment === 'now' && (
        <MissingTexts of={{ subject: subject.subject, id: subject.subjectId }} onLeave={onClose} />
      )}
      <div className={styles.acts}>
        <Button data-autofocus disabled={to !== 'archive' && moment === null} onClick={start}>
          {refusal === null ? t(`share.export.start.${to}`) : t('app.retry')}
        </Button>
      </div>
    </div>
  );
}
