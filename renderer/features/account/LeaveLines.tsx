import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LeavingChoice, LeavingPlan, LeftThing as Thing } from '#shared/api/leaving.ts';
import styles from './LeavePage.module.css';

const valueOf = (choice: LeavingChoice | undefined): string =>
  choice === undefined ? '' : choice.act === 'hand' ? `hand ${choice.to ?? ''}` : choice.act;

/** The same choice for several things is one that each of them has. */
function common<T extends { readonly value: string }>(lists: readonly (readonly T[])[]): readonly T[] {
  const [first = [], ...others] = lists;
  return first.filter(({ value }) => others.every((list) => list.some((one) => one.value === value)));
}

interface ChoiceProps {
  readonly label: string;
  /** What is chosen for: one, or all of a list. */
  readonly things: readonly Thing[];
  readonly choices: Readonly<Record<string, LeavingChoice>>;
  readonly onChoose: (ids: readonly string[], choice: LeavingChoice) => void;
  readonly isAll?: boolean;
}

/** What becomes of a note, a carnet or a base; or of all of them at once. */
export function ChoiceLine({ label, things, choices, onChoose, isAll = false }: ChoiceProps) {
  const { t } = useTranslation();
  const optionsOf = ({ visibility, community }: Thing) => {
    const options: { value: string; label: string; choice: LeavingChoice }[] = [];
    const add = (choice: LeavingChoice, words: string): void => {
      options.push({ value: valueOf(choice), label: words, choice });
    };
    add({ act: 'trash' }, t('account.leaving.trash'));
    if (visibility !== 'authors') add({ act: 'leave' }, t('account.leaving.leave'));
    if (community?.hasResponsables === true)
      add({ act: 'hand', to: null }, t('account.leaving.handResponsables', { name: community.name }));
    for (const person of community?.people ?? [])
      add({ act: 'hand', to: person.id }, t('account.leaving.hand', { name: person.name }));
    return options;
  };
  const options = common(things.map(optionsOf));
  const values = new Set(things.map((one) => valueOf(choices[one.id])));
  const [only = ''] = values.size === 1 ? values : [];
  return (
    <li className={styles.line}>
      <span className={isAll ? styles.forAll : styles.name}>{label}</span>
      <NativeSelect
        aria-label={isAll ? label : t('account.leaving.of', { title: label })}
        value={options.some((one) => one.value === only) ? only : ''}
        data={[
          { value: '', label: t('account.leaving.choose') },
          ...options.map(({ value, label: words }) => ({ value, label: words })),
        ]}
        onChange={(event) => {
          const chosen = options.find((one) => one.value === event.currentTarget.value);
          if (chosen !== undefined)
            onChoose(
              things.map((one) => one.id),
              chosen.choice,
            );
        }}
      />
    </li>
  );
}

interface HeirProps {
  readonly community: LeavingPlan['communities'][number];
  readonly value: string;
  readonly onChange: (person: string) => void;
}

/** Who becomes responsable of a community. */
export function HeirLine({ community: { name, people }, value, onChange }: HeirProps) {
  const { t } = useTranslation();
  if (people.length === 0) {
    return (
      <li className={styles.alone}>
        <p className={styles.warning}>{t('account.leaving.alone', { name })}</p>
      </li>
    );
  }
  return (
    <li className={styles.line}>
      <span className={styles.name}>{name}</span>
      <NativeSelect
        aria-label={t('account.leaving.heirOf', { title: name })}
        value={value}
        data={[
          { value: '', label: t('account.leaving.choose') },
          ...people.map((person) => ({ value: person.id, label: person.name })),
        ]}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </li>
  );
}
