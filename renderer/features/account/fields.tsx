import { PasswordInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { emailSchema, passwordLengths } from '#shared/api/account.ts';

interface FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What is wrong with it, once somebody tried to send it. */
  readonly error?: string | undefined;
  readonly autoFocus?: boolean;
}

/** An address of e-mail. */
export function EmailField({
  value,
  onChange,
  error,
  autoFocus = false,
  hint,
}: FieldProps & { readonly hint?: string }) {
  const { t } = useTranslation();
  return (
    <TextInput
      type="email"
      size="md"
      autoFocus={autoFocus}
      label={t('account.email')}
      {...(hint === undefined ? {} : { description: hint })}
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={254}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** A password: the one that a person has, the first one of an account, or another. It can be shown. */
export function PasswordField({
  value,
  onChange,
  error,
  autoFocus = false,
  which,
}: FieldProps & { readonly which: 'present' | 'first' | 'another' }) {
  const { t } = useTranslation();
  const isNew = which !== 'present';
  return (
    <PasswordInput
      size="md"
      autoFocus={autoFocus}
      label={t(which === 'another' ? 'account.newPassword' : 'account.password')}
      {...(isNew ? { description: t('account.passwordHint', { min: passwordLengths.min }) } : {})}
      autoComplete={isNew ? 'new-password' : 'current-password'}
      maxLength={passwordLengths.max}
      visibilityToggleButtonProps={{ 'aria-label': t('account.showPassword'), tabIndex: 0 }}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** What to say of the fields of a form; each is undefined when it is well filled. */
export function useChecks() {
  const { t } = useTranslation();
  return {
    name: (value: string) => (value.trim() === '' ? t('account.checks.name') : undefined),
    email: (value: string) =>
      emailSchema.safeParse(value.trim()).success ? undefined : t('account.checks.email'),
    password: (value: string) => (value === '' ? t('account.checks.password') : undefined),
    newPassword: (value: string) =>
      value.length < passwordLengths.min
        ? t('account.checks.short', { min: passwordLengths.min })
        : undefined,
  };
}
