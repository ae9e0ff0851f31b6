import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PresentPerson } from './presence.ts';
import classes from './collaboration.module.css';

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = (word: string | undefined) => String.fromCodePoint(word?.codePointAt(0) ?? 0x20).trim();
  const letters = [first(words[0]), words.length > 1 ? first(words.at(-1)) : ''];
  return letters.join('').toLocaleUpperCase();
}

/**
 * Who has the document open, as the relay names them; oneself first.
 * @param props.link - puts the way to a person's page around their mark; default: none.
 * @param props.limit - most avatars shown; the others are counted, and named on hover. Default 5.
 */
export function PresenceAvatars({
  people,
  link = (_person, mark) => mark,
  limit = 5,
}: {
  readonly people: readonly PresentPerson[];
  readonly link?: (person: PresentPerson, mark: ReactNode) => ReactNode;
  readonly limit?: number;
}) {
  const { t } = useTranslation();
  const nameOf = ({ name, isSelf, isWriting }: PresentPerson): string => {
    if (isSelf) return t('collaboration.people.self', { name });
    return isWriting ? t('collaboration.people.writing', { name }) : name;
  };
  const shown = people.length <= limit ? people : people.slice(0, limit - 1);
  const others = people.slice(shown.length);
  return (
    <ul className={classes['people']} aria-label={t('collaboration.people.label')} data-testid="presence">
      {shown.map((person) => (
        <li key={person.id}>
          {link(
            person,
            <Tooltip label={nameOf(person)}>
              <span
                className={classes['avatar']}
                data-colour={person.colour}
                data-writing={person.isWriting && !person.isSelf ? true : undefined}
              >
                <span aria-hidden="true">{initialsOf(person.name)}</span>
                <span className={classes['spoken']}>{nameOf(person)}</span>
              </span>
            </Tooltip>,
          )}
        </li>
      ))}
      {others.length > 0 && (
        <li>
          <Tooltip label={others.map(nameOf).join(', ')} multiline maw={280}>
            <span className={classes['avatar']}>
              <span aria-hidden="true">+{others.length}</span>
              <span className={classes['spoken']}>
                {`${t('collaboration.people.more', { count: others.length })} : ${others.map(nameOf).join(', ')}`}
              </span>
            </span>
          </Tooltip>
        </li>
      )}
    </ul>
  );
}
