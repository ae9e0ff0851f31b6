import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeavingChoice, LeavingPlan, LeftThing as Thing } from '#shared/api/leaving.ts';
import { api, useFailure } from '../../api/index.ts';
import { ConfirmSelf } from './ConfirmSelf.tsx';
import { ChoiceLine, HeirLine } from './LeaveLines.tsx';
import styles from './LeavePage.module.css';

type Choices = Readonly<Record<string, LeavingChoice>>;

interface Props {
  readonly plan: LeavingPlan;
  /** @param dueAt - when the account is deleted. */
  readonly onDone: (dueAt: number) => void;
}

/** Asks what becomes of what would be left alone, and who confirms it. */
export function LeaveForm({ plan, onDone }: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const [choices, setChoices] = useState<Choices>({});
  const [heirs, setHeirs] = useState<Readonly<Record<string, string>>>({});
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const things: readonly Thing[] = [...plan.notes, ...plan.carnets, ...plan.bases];
  const leave = useMutation({
    mutationFn: () =>
      api.leave({
        choices,
        communities: heirs,
        ...(password === '' ? {} : { password }),
      }),
    onSuccess: ({ dueAt }) => onDone(dueAt),
  });
  const isDecided =
    things.every((one) => choices[one.id] !== undefined) &&
    plan.communities.every((one) => heirs[one.id] !== undefined);
  const needsPassword = plan.confirmBy?.password === true && !plan.confirmBy.passkey && password === '';
  if (plan.isLastAdministrator) {
    return (
      <p className={styles.warning} role="alert">
        {t('account.leaving.lastAdministrator')}
      </p>
    );
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (isDecided && !needsPassword) leave.mutate();
  };
  const choose = (ids: readonly string[], choice: LeavingChoice): void =>
    setChoices((before) => ({ ...before, ...Object.fromEntries(ids.map((id) => [id, choice])) }));
  const list = (title: string, all: string, items: readonly Thing[]) =>
    items.length > 0 && (
      <section className={styles.section} aria-label={title}>
        <h2 className={styles.heading}>{title}</h2>
        <ul role="list">
          {items.length > 1 && (
            <ChoiceLine label={all} things={items} choices={choices} onChoose={choose} isAll />
          )}
          {items.map((one) => (
            <ChoiceLine
              key={one.id}
              label={one.title || t('account.leaving.untitled')}
              things={[one]}
              choices={choices}
              onChoose={choose}
            />
          ))}
        </ul>
      </section>
    );
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {things.length === 0 && plan.communities.length === 0 && <p>{t('account.leaving.nothing')}</p>}
      {list(t('account.leaving.notes'), t('account.leaving.all'), plan.notes)}
      {list(t('account.leaving.carnets'), t('account.leaving.allCarnets'), plan.carnets)}
      {list(t('account.leaving.bases'), t('account.leaving.all'), plan.bases)}
      {plan.communities.length > 0 && (
        <section className={styles.section} aria-label={t('account.leaving.communities')}>
          <h2 className={styles.heading}>{t('account.leaving.communities')}</h2>
          <p className={styles.hint}>{t('account.leaving.communitiesHint')}</p>
          <ul role="list">
            {plan.communities.map((one) => (
              <HeirLine
                key={one.id}
                community={one}
                value={heirs[one.id] ?? ''}
                onChange={(id) => setHeirs((before) => ({ ...before, [one.id]: id }))}
              />
            ))}
          </ul>
        </section>
      )}
      <section className={styles.section}>
        {plan.confirmBy !== null && (
          <ConfirmSelf
            by={plan.confirmBy}
            password={password}
            onPassword={setPassword}
            error={tried && needsPassword ? t('account.checks.password') : undefined}
          />
        )}
        {tried && !isDecided && (
          <p className={styles.error} role="alert">
            {t('account.leaving.undecided')}
          </p>
        )}
        {leave.isError && (
          <p className={styles.error} role="alert">
            {failure(leave.error)}
          </p>
        )}
        <div className={styles.acts}>
          <Button type="submit" color="red" loading={leave.isPending}>
            {t('account.leaving.act')}
          </Button>
          <Button variant="default" renderRoot={(props) => <Link to="/settings" {...props} />}>
            {t('account.leaving.keep')}
          </Button>
        </div>
      </section>
    </form>
  );
}
