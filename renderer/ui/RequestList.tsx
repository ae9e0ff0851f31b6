import { Button } from '@mantine/core';
import { type NamedPerson, PersonMark } from './PersonMark.tsx';
import styles from './RequestList.module.css';

interface Props {
  readonly requests: readonly { readonly person: NamedPerson; readonly text: string | null }[];
  readonly words: {
    readonly approve: string;
    readonly refuse: string;
    approveLabel(name: string): string;
    refuseLabel(name: string): string;
  };
  readonly isBusy: boolean;
  readonly onAnswer: (person: NamedPerson, approved: boolean) => void;
}

/** Who asks for something, what they say, and the two answers. */
export function RequestList({ requests, words, isBusy, onAnswer }: Props) {
  return (
    <ul role="list" className={styles.requests}>
      {requests.map(({ person, text }) => (
        <li key={person.id} className={styles.request}>
          <div className={styles.person}>
            <PersonMark person={person} size={24} />
            {person.name}
          </div>
          {text !== null && <p className={styles.text}>{text}</p>}
          <div className={styles.acts}>
            <Button
              size="compact-sm"
              disabled={isBusy}
              aria-label={words.approveLabel(person.name)}
              onClick={() => onAnswer(person, true)}
            >
              {words.approve}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              disabled={isBusy}
              aria-label={words.refuseLabel(person.name)}
              onClick={() => onAnswer(person, false)}
            >
              {words.refuse}
            </Button>
          </div>
        </li>
      ))}
    </ul>
  );
}
