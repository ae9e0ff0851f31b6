import { Button, Checkbox, Group, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncidentLine, IncidentStatementBody } from '#shared/api/incidents.ts';
import { maxIncidentLength } from '#shared/domain/Incident.ts';
import { api, failureCode, keys, useFailure } from '../../api/index.ts';
import { notify } from '../../ui/index.ts';
import page from './AdministrationPage.module.css';
import styles from './Incidents.module.css';

/** This day on this computer: `2024-02-12`. */
function today(): string {
  const now = new Date();
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

const nothing: IncidentStatementBody = {
  occurredFrom: '',
  occurredUntil: null,
  knownOn: '',
  what: '',
  information: '',
  peopleCount: null,
  isSerious: false,
  why: '',
  measures: '',
  peopleToldOn: null,
  commissionToldOn: null,
};

function statementOf(incident: IncidentLine | null): IncidentStatementBody {
  const last = incident?.entries.at(-1);
  if (last === undefined) return { ...nothing, knownOn: today() };
  const { number: _number, at: _at, by: _by, reason: _reason, ...statement } = last;
  return statement;
}

interface Props {
  /** Null for a new one. */
  readonly incident: IncidentLine | null;
  readonly onDone: () => void;
}

/** States an incident, or states it anew: what was stated before stays. What is filled in stays until it is kept, or given up. */
export function IncidentForm({ incident, onDone }: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const client = useQueryClient();
  const [statement, setStatement] = useState(() => statementOf(incident));
  const [follows] = useState(() => incident?.entries.length ?? 0);
  const [reason, setReason] = useState('');
  const save = useMutation({
    mutationFn: () =>
      incident === null
        ? api.recordIncident(statement)
        : api.amendIncident(incident.id, { follows, reason, statement }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.administration });
      notify(t('administration.incidents.kept'));
      onDone();
    },
    onError: () => void client.invalidateQueries({ queryKey: keys.administration }),
  });
  const change = (part: Partial<IncidentStatementBody>): void => setStatement({ ...statement, ...part });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  const day = (name: 'occurredFrom' | 'occurredUntil' | 'knownOn' | 'peopleToldOn' | 'commissionToldOn') => {
    const isRequired = name === 'occurredFrom' || name === 'knownOn';
    return {
      type: 'date',
      label: t(`administration.incidents.fields.${name}`),
      required: isRequired,
      value: statement[name] ?? '',
      max: today(),
      onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
        change({ [name]: event.currentTarget.value || (isRequired ? '' : null) }),
    };
  };
  const words = (name: 'what' | 'information' | 'why' | 'measures') => ({
    label: t(`administration.incidents.fields.${name}`),
    description: t(`administration.incidents.help.${name}`),
    required: name === 'what' || name === 'information',
    autosize: true,
    minRows: 2,
    maxRows: 12,
    maxLength: maxIncidentLength,
    value: statement[name],
    onChange: (event: React.ChangeEvent<HTMLTextAreaElement>) =>
      change({ [name]: event.currentTarget.value }),
  });
  return (
    <form
      className={styles.form}
      onSubmit={submit}
      aria-label={t(incident === null ? 'administration.incidents.record' : 'administration.incidents.amend')}
    >
      <p className={page.hint}>
        {t(incident === null ? 'administration.incidents.recordHint' : 'administration.incidents.amendHint')}
      </p>
      <div className={styles.days}>
        <TextInput {...day('occurredFrom')} autoFocus />
        <TextInput {...day('occurredUntil')} min={statement.occurredFrom} />
        <TextInput {...day('knownOn')} />
      </div>
      <Textarea {...words('what')} />
      <Textarea {...words('information')} />
      <NumberInput
        className={styles.count ?? ''}
        label={t('administration.incidents.fields.peopleCount')}
        description={t('administration.incidents.help.peopleCount')}
        min={0}
        max={1_000_000_000}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        value={statement.peopleCount ?? ''}
        onChange={(value) => change({ peopleCount: typeof value === 'number' ? value : null })}
      />
      <Checkbox
        label={t('administration.incidents.fields.isSerious')}
        description={t('administration.incidents.help.isSerious')}
        checked={statement.isSerious}
        onChange={(event) => change({ isSerious: event.currentTarget.checked })}
      />
      <Textarea {...words('why')} />
      <Textarea {...words('measures')} />
      <div className={styles.days}>
        <TextInput {...day('peopleToldOn')} />
        <TextInput {...day('commissionToldOn')} />
      </div>
      {incident !== null && (
        <Textarea
          label={t('administration.incidents.fields.reason')}
          required
          autosize
          minRows={1}
          maxRows={6}
          maxLength={maxIncidentLength}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      {save.isError && (
        <p role="alert">
          {failureCode(save.error) === 'conflict'
            ? t('administration.incidents.conflict')
            : failure(save.error)}
        </p>
      )}
      <Group gap="xs">
        <Button type="submit" loading={save.isPending}>
          {t('administration.incidents.keep')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('app.cancel')}
        </Button>
      </Group>
    </form>
  );
}
