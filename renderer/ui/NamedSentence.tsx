import { Fragment } from 'react';
import type { Language, Person } from '#shared/domain/Person.ts';
import { formatList } from '../i18n/index.ts';
import { PersonLink } from './PersonLink.tsx';

interface Props {
  readonly people: readonly Pick<Person, 'id' | 'kind' | 'name'>[];
  /** Says the sentence around the names. @param names - what stands for them in it, to be put in as it is. */
  readonly say: (names: string) => string;
  /** Of what joins several names. */
  readonly language: Language;
  /** Whether the names lead to the people's pages; default: yes. */
  readonly isLinked?: boolean;
}

const place = /\u0001(\d+)\u0002/u;

/** A sentence in which the names of people lead to their pages. */
export function NamedSentence({ people, say, language, isLinked = true }: Props) {
  const marks = people.map((_, at) => `\u0001${at}\u0002`);
  const parts = say(formatList(marks, language)).split(place);
  return parts.map((part, at) => {
    // Every second part is the number of a name.
    const person = at % 2 === 1 ? people[Number(part)] : undefined;
    if (person === undefined) return <Fragment key={at}>{part}</Fragment>;
    return isLinked ? <PersonLink key={at} person={person} /> : <Fragment key={at}>{person.name}</Fragment>;
  });
}
