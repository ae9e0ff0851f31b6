import { Button, NativeSelect, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegisterFilter } from '#shared/api/register.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { type RegisterAct, registerActs, type RegisterKind, registerKinds } from '#shared/domain/Register.ts';
import { actWords, kindWords } from '#shared/domain/registerWords.ts';
import { queries } from '../../api/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import styles from './RegisterPage.module.css';

interface Props {
  readonly filter: RegisterFilter;
  readonly onChange: (filter: RegisterFilter) => void;
}

/** More are found by their names. */
const maxListed = 50;

/** The first moment of a day on this computer, so many days later. */
function momentOf(day: string, later = 0): number | undefined {
  if (day === '') return undefined;
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const time = new Date(year, month - 1, date + later).getTime();
  return Number.isNaN(time) || time < 0 ? undefined : time;
}

/** What the register is narrowed to. */
export function RegisterFilters({ filter, onChange }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const people = useQuery(queries.administeredPeople());
  const [since, setSince] = useState('');
  const [until, setUntil] = useState('');
  const acts = registerActs.filter((act) => filter.kind === undefined || act.startsWith(`${filter.kind}.`));
  const ofAct = (act: RegisterAct): string => {
    const words = actWords(act, language);
    // Without a kind, several acts are said alike.
    if (filter.kind !== undefined) return words;
    const kind = act.slice(0, act.indexOf('.')) as RegisterKind;
    return t('administration.register.about', { act: kindWords(kind, language), name: words });
  };
  return (
    <div className={styles.filters} role="search" aria-label={t('administration.register.filters')}>
      <Select
        size="sm"
        label={t('administration.register.person')}
        placeholder={t('administration.register.anyone')}
        searchable
        clearable
        limit={maxListed}
        clearButtonProps={{ 'aria-label': t('administration.register.anyone') }}
        nothingFoundMessage={t('administration.nobody')}
        value={filter.person ?? null}
        data={(people.data?.people ?? []).map(({ id, name, email }) => ({
          value: id,
          label: email === null ? name : `${name} (${email})`,
        }))}
        onChange={(person) => onChange({ ...filter, person: (person ?? undefined) as PersonId | undefined })}
      />
      <NativeSelect
        size="sm"
        label={t('administration.register.kind')}
        value={filter.kind ?? ''}
        data={[
          { value: '', label: t('administration.register.anything') },
          ...registerKinds.map((kind) => ({ value: kind, label: kindWords(kind, language) })),
        ]}
        onChange={(event) =>
          onChange({
            ...filter,
            kind: (event.currentTarget.value || undefined) as RegisterKind | undefined,
            act: undefined,
          })
        }
      />
      <NativeSelect
        size="sm"
        label={t('administration.register.act')}
        value={filter.act ?? ''}
        data={[
          { value: '', label: t('administration.register.anyAct') },
          ...acts.map((act) => ({ value: act, label: ofAct(act) })),
        ]}
        onChange={(event) =>
          onChange({ ...filter, act: (event.currentTarget.value || undefined) as RegisterAct | undefined })
        }
      />
      <TextInput
        size="sm"
        type="date"
        label={t('administration.register.since')}
        value={since}
        max={until}
        onChange={(event) => {
          setSince(event.currentTarget.value);
          onChange({ ...filter, from: momentOf(event.currentTarget.value) });
        }}
      />
      <TextInput
        size="sm"
        type="date"
        label={t('administration.register.until')}
        value={until}
        min={since}
        onChange={(event) => {
          setUntil(event.currentTarget.value);
          // The whole of that day.
          onChange({ ...filter, until: momentOf(event.currentTarget.value, 1) });
        }}
      />
      <Button
        size="sm"
        variant="subtle"
        disabled={Object.values(filter).every((value) => value === undefined)}
        onClick={() => {
          setSince('');
          setUntil('');
          onChange({});
        }}
      >
        {t('administration.register.clear')}
      </Button>
    </div>
  );
}
