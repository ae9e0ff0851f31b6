import { Tooltip } from '@mantine/core';
import type { PersonColour } from '#shared/domain/Person.ts';
import styles from './PersonMark.module.css';

/** Someone with a name and a hue. */
export interface NamedPerson {
  readonly id: string;
  readonly name: string;
  readonly colour: PersonColour;
}

/** « Marie-Ève Côté » → « MC », without what a name is followed by: « Zoé (selon l’archive) » → « Z ». */
export function initialsOf(name: string): string {
  const words = name
    .replace(/\s*\([^)]*\)$/, '')
    .trim()
    .split(/\s+/)
    .filter(Boolean);
  const first = words[0] ?? '?';
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return ([...first][0] ?? '?').toUpperCase() + ([...last][0] ?? '').toUpperCase();
}

/** The value of a person's hue on the ground shown now. */
export const hueOf = (colour: PersonColour): string => `var(--person-${colour})`;

/** A person as a round mark with their initials in their hue; decorative, beside a name or with a tooltip. */
export function PersonMark({ person, size = 24 }: { readonly person: NamedPerson; readonly size?: number }) {
  return (
    <span
      className={styles.mark}
      aria-hidden="true"
      style={
        {
          '--hue': hueOf(person.colour),
          width: size,
          height: size,
          fontSize: size * 0.4,
        } as React.CSSProperties
      }
    >
      {initialsOf(person.name)}
    </span>
  );
}

interface StackProps {
  readonly people: readonly NamedPerson[];
  readonly label: string;
  /** Names shown on hover, in the same order, when they differ from the people's own. */
  readonly names?: readonly string[];
  readonly size?: number;
  readonly limit?: number;
}

/** Several people as overlapping marks, with all their names for those who hover or listen. */
export function PersonStack({ people, label, names, size = 26, limit = 5 }: StackProps) {
  const shown = people.slice(0, limit);
  return (
    <ul role="list" className={styles.stack} aria-label={label}>
      {shown.map((person, at) => {
        const name = names?.[at] ?? person.name;
        return (
          <Tooltip key={person.id} label={name} openDelay={150}>
            <li
              className={styles.mark}
              style={
                {
                  '--hue': hueOf(person.colour),
                  width: size,
                  height: size,
                  fontSize: size * 0.4,
                } as React.CSSProperties
              }
            >
              <span aria-hidden="true">{initialsOf(person.name)}</span>
              <span className="visually-hidden">{name}</span>
            </li>
          </Tooltip>
        );
      })}
      {people.length > limit && (
        <li className={`${styles.mark} ${styles.more}`} style={{ width: size, height: size }}>
          +{people.length - limit}
        </li>
      )}
    </ul>
  );
}
