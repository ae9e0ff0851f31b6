import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BookMoment, momentOfTime } from '#shared/api/exports.ts';
import { Choice, fieldOfTime, timeOfField } from '../../ui/index.ts';
import styles from './ExportDialog.module.css';

interface Props {
  readonly subject: 'note' | 'carnet';
  /** Null: a date that is not whole yet. */
  readonly moment: BookMoment | null;
  readonly onChange: (moment: BookMoment | null) => void;
}

/** To the end of the second that is shown. */
const momentOfField = (value: string): BookMoment | null => {
  const time = timeOfField(value);
  return time === null || time < 0 ? null : momentOfTime(time + 999);
};

/** As what is exported is now, or as it was on a date. */
export function MomentChoice({ subject, moment, onChange }: Props) {
  const { t } = useTranslation();
  const [openedAt] = useState(() => Date.now());
  const isPast = moment !== 'now';
  return (
    <div className={styles.moment}>
      <Choice
        label={t('share.export.moment.label')}
        value={isPast ? 'past' : 'now'}
        onChange={(next) => onChange(next === 'now' ? 'now' : momentOfTime(openedAt))}
        options={[
          { value: 'now', label: t('share.export.moment.now') },
          { value: 'past', label: t('share.export.moment.past') },
        ]}
      />
      {isPast && (
        <TextInput
          type="datetime-local"
          step={1}
          label={t('share.export.moment.date')}
          description={t(`share.export.moment.hints.${subject}`)}
          defaultValue={fieldOfTime(openedAt)}
          error={moment === null && t('share.export.moment.notWhole')}
          onChange={(event) => onChange(momentOfField(event.currentTarget.value))}
        />
      )}
    </div>
  );
}
