import { useTranslation } from 'react-i18next';
import { type MarkedRange, markRanges } from '#shared/document/markRanges.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { type ChangePerson, LineReader } from '../../editor/reading.ts';
import comparison from './Comparison.module.css';

interface Props {
  readonly title: string;
  readonly language: string;
  /** Stretches of it, in UTF-16 units, and their marks: each list laid over the one before. */
  readonly ranges: readonly (readonly MarkedRange[])[];
  readonly person: (id: string) => ChangePerson | null;
}

/** The title of a note, with marks that say who wrote it, or what was looked for in it. */
export function MarkedTitle({ title, language, ranges, person }: Props) {
  const { t } = useTranslation();
  // The texts of a line have the positions of the letters in it.
  const plain: BodyNode = { type: 'doc', content: [{ type: 'text', text: title }] };
  const line = ranges.reduce((marked, some) => markRanges(marked, some), plain);
  return (
    <h1 className={`note-text ${comparison.title}`} lang={language}>
      {title === '' ? (
        t('app.untitled')
      ) : (
        <LineReader nodes={line.content ?? []} language={language} person={person} />
      )}
    </h1>
  );
}
