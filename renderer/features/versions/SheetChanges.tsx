import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Comparison } from '#shared/api/versions.ts';
import { isRegion, regionName } from '#shared/domain/regions.ts';
import type { ChangePerson } from '../../editor/reading.ts';
import { formatDateTime, formatList, useLanguage } from '../../i18n/index.ts';
import styles from './Comparison.module.css';

type FieldChange = Comparison['fields'][number];

interface Props {
  readonly fields: Comparison['fields'];
  readonly person: (id: string) => ChangePerson | null;
  /** What is drawn under a field. Default: nothing. */
  readonly act?: ((field: FieldChange['field']) => ReactNode) | null;
}

/** What changed on the sheet of a term or an organisation: each field by its name, with who did it and when. */
export function SheetChanges({ fields, person, act = null }: Props) {
  const { t } = useTranslation();
  if (fields.length === 0) return null;
  return (
    <section className={`note-text ${styles.fields}`} aria-label={t('versions.fields.label')}>
      <dl>
        {fields.map((field) => (
          <Field key={field.field} change={field} person={person} act={act} />
        ))}
      </dl>
    </section>
  );
}

function Field({
  change,
  person,
  act,
}: { readonly change: FieldChange } & Required<Pick<Props, 'person' | 'act'>>) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { field, parts, number, at } = change;
  const isText = field === 'definition' || field === 'address';
  const shown = (text: string): string =>
    field === 'region' && isRegion(text) ? regionName(text, language) : text;
  const ids = [...new Set(parts.flatMap((part) => (part.change === 'same' ? [] : [part.person])))];
  const names = ids.map((id) => (id === null ? null : person(id))?.name ?? t('versions.summary.someone'));
  const who = formatList(names, language);
  return (
    <div>
      <dt>{t(`notes.sheet.${field}`)}</dt>
      <dd>
        <p className={isText ? styles.fieldText : styles.fieldValues}>
          {parts.map((part, index) => {
            const key = `${index} ${part.text}`;
            if (part.change === 'same') return <span key={key}>{shown(part.text)}</span>;
            const by = part.person === null ? null : person(part.person);
            const Tag = part.change === 'added' ? 'ins' : 'del';
            return (
              <Tag
                key={key}
                className={`change change-${part.change}`}
                data-colour={by?.colour}
                data-change-number={number}
                title={by?.name}
              >
                {shown(part.text)}
              </Tag>
            );
          })}
        </p>
        <p className={styles.fieldBy}>
          {at === null ? who : t('versions.fields.by', { names: who, date: formatDateTime(at, language) })}
        </p>
        {act !== null && <div className={styles.fieldAct}>{act(field)}</div>}
      </dd>
    </div>
  );
}
