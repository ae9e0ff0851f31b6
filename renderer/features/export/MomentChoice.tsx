import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Edition } from '#shared/api/editions.ts';
import { type BookMoment, editionOf, momentOfEdition, momentOfTime } from '#shared/api/exports.ts';
import { Choice, fieldOfTime, timeOfField } from '../../ui/index.ts';
import styles from './ExportDialog.module.css';

interface Props {
  readonly subject: 'note' | 'carnet';
  /** Null: a date that is not whole yet. */
  readonly moment: BookMoment | null;
  /** Those of the carnet that can be exported, newest first. */
  readonly editions: readonly Edition[];
  readonly onChange: (moment: BookMoment | null) => void;
}

/** To the end of the second that is shown. */
const momentOfField = (value: string): BookMoment | null => {
  const time = timeOfField(value);
  return time === null || time < 0 ? null : momentOfTime(time + 999);
};

/** As what is exported is now, as it was on a date, or as an edition froze it. */
export function MomentChoice({ subject, moment, editions, onChange }: Props) {
  const { t } = useTranslation();
  const [openedAt] = useState(() => Date.now());
  const edition = moment === null ? null : editionOf(moment);
  const chosen = moment === 'now' ? 'now' : edition === null ? 'past' : 'edition';
  const [newest] = editions;
  const choose = (next: typeof chosen): void =>
    onChange(
      next === 'now'
        ? 'now'
        : next === 'edition' && newest !== undefined
          ? momentOfEdition(newest.number)
          : momentOfTime(openedAt),
    );
  return (
    <div className={styles.moment}>
      <Choice
        label={t('share.export.moment.label')}
        value={chosen}
        onChange={choose}
        options={[
          { value: 'now', label: t('share.export.moment.now') },
          { value: 'past', label: t('share.export.moment.past') },
          ...(newest === undefined
            ? []
            : [{ value: 'edition' as const, label: t('share.export.moment.edition') }]),
        ]}
      />
      {chosen === 'past' && (
        <TextInput
          type="datetime-local"
          step={1}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          label={t('share.export.moment.date')}
          description={t(`share.export.moment.hints.${subject}`)}
          defaultValue={fieldOfTime(openedAt)}
          error={moment === null && t('share.export.moment.notWhole')}
          onChange={(event) => onChange(momentOfField(event.currentTarget.value))}
        />
      )}
      {edition !== null && (
        <NativeSelect
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          label={t('share.export.moment.which')}
          description={t('share.export.moment.hints.edition')}
          value={edition}
          onChange={(event) => onChange(momentOfEdition(Number(event.currentTarget.value)))}
          data={editions.map(({ number, title }) => ({
            value: String(number),
            label: [t('carnets.editions.name', { number }), title].filter(Boolean).join(' – '),
          }))}
        />
      )}
    </div>
  );
}
