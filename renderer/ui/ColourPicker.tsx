import { Tooltip } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useId } from 'react';
import { personColours, type PersonColour } from '#shared/domain/Person.ts';
import { hueOf } from './PersonMark.tsx';
import styles from './ColourPicker.module.css';

interface Props {
  readonly legend: string;
  readonly nameOf: (colour: PersonColour) => string;
  readonly value: PersonColour;
  readonly onChange: (colour: PersonColour) => void;
}

/** The twelve hues of people, as radio buttons with names. */
export function ColourPicker({ legend, nameOf, value, onChange }: Props) {
  const group = useId();
  return (
    <fieldset className={styles.colours}>
      <legend className={styles.legend}>{legend}</legend>
      {personColours.map((colour) => (
        <Tooltip key={colour} label={nameOf(colour)} openDelay={200}>
          <label className={styles.choice} style={{ '--hue': hueOf(colour) } as React.CSSProperties}>
            <input
              type="radio"
              name={group}
              value={colour}
              checked={value === colour}
              onChange={() => onChange(colour)}
              aria-label={nameOf(colour)}
            />
            <span className={styles.dot} aria-hidden="true">
              {value === colour && <IconCheck size={16} stroke={2.6} />}
            </span>
          </label>
        </Tooltip>
      ))}
    </fieldset>
  );
}
