import { Button, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './CollectionPage.module.css';

const maxNameLength = 120;

interface NameFormProps {
  readonly label: string;
  readonly initial: string;
  readonly act: string;
  readonly onDone: (name: string | null) => void;
}

/** A name to give, in the place of what has it. */
export function NameForm({ label, initial, act, onDone }: NameFormProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(initial);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onDone(name.trim() === '' ? null : name.trim());
  };
  return (
    <form className={styles.newCategory} onSubmit={submit}>
      <TextInput
        // The field appears because the person asked for it.
        autoFocus
        size="sm"
        aria-label={label}
        placeholder={label}
        value={name}
        maxLength={maxNameLength}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.preventDefault();
            event.stopPropagation();
            onDone(null);
          }
        }}
      />
      <Button type="submit" size="sm" variant="light">
        {act}
      </Button>
      <Button size="sm" variant="subtle" color="gray" onClick={() => onDone(null)}>
        {t('app.cancel')}
      </Button>
    </form>
  );
}

interface NewNamedProps {
  /** What the button says. */
  readonly label: string;
  readonly icon: ReactNode;
  /** What the field asks for. */
  readonly field: string;
  readonly onName: (name: string) => void;
  /** Said in the place of the button where there may be no more; null where there may. A name that is being written stays. */
  readonly full: string | null;
}

/** The act that makes something of which only the name is to be given: a button, then a field in its place. */
export function NewNamed({ label, icon, field, onName, full }: NewNamedProps) {
  const { t } = useTranslation();
  const [isNaming, setNaming] = useState(false);
  if (isNaming)
    return (
      <NameForm
        label={field}
        initial=""
        act={t('carnets.category.create')}
        onDone={(name) => {
          setNaming(false);
          if (name !== null) onName(name);
        }}
      />
    );
  if (full !== null) return <p className={styles.empty}>{full}</p>;
  return (
    <div className={styles.newCategory}>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={icon}
        onClick={() => setNaming(true)}
      >
        {label}
      </Button>
    </div>
  );
}
