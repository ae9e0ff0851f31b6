import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePerson } from '../../api/index.ts';

interface Props {
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

/** Asks a guest whether what they wrote here is to be of the account that they sign in to; nothing for anybody else. */
export function JoinChoice({ value, onChange }: Props) {
  const { t } = useTranslation();
  const person = usePerson();
  if (person?.kind !== 'guest') return null;
  return (
    <Checkbox
      checked={value}
      onChange={(event) => onChange(event.currentTarget.checked)}
      label={t('account.join.label')}
      description={t(value ? 'account.join.says' : 'account.join.apart', { name: person.name })}
    />
  );
}
