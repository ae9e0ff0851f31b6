import { SegmentedControl, type SegmentedControlItem } from '@mantine/core';
import { useId } from 'react';
import styles from './Choice.module.css';

interface Props<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
  readonly hint?: string;
}

/** One of a few, all seen at once. */
export function Choice<Value extends string>({ label, value, options, onChange, hint }: Props<Value>) {
  const id = useId();
  return (
    <div className={styles.choice}>
      <span id={id} className={styles.label}>
        {label}
      </span>
      <SegmentedControl
        aria-labelledby={id}
        value={value}
        data={[...options] satisfies SegmentedControlItem[]}
        onChange={(next) => onChange(next as Value)}
        size="sm"
        radius="sm"
        transitionDuration={120}
      />
      {hint !== undefined && <span className={styles.hint}>{hint}</span>}
    </div>
  );
}
