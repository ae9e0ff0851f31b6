import type { BodyMark } from '#shared/document/noteContent.ts';
import type { EditorText } from '../texts.ts';

const told = [
  'bold',
  'italic',
  'underline',
  'strike',
  'code',
  'highlight',
  'subscript',
  'superscript',
  'link',
  'language',
] as const;

function namesOf(mark: BodyMark, which: 'added' | 'removed'): readonly unknown[] {
  const names: unknown = mark.attrs?.[which];
  return Array.isArray(names) ? names : [];
}

/** Says what became of the formatting of some words: « Mis en gras, lien changé ». Empty where nothing is known of it. @param mark - `formatted`, of a comparison. */
export function formattingWords(mark: BodyMark, text: EditorText): string {
  const [added, removed] = [namesOf(mark, 'added'), namesOf(mark, 'removed')];
  const words = told.flatMap((name) => {
    if (name === 'link' && added.includes(name) && removed.includes(name))
      return [text('change.linkChanged')];
    return [
      ...(added.includes(name) ? [text(`change.marks.${name}.added`)] : []),
      ...(removed.includes(name) ? [text(`change.marks.${name}.removed`)] : []),
    ];
  });
  return words.map((one, at) => (at === 0 ? one : one.charAt(0).toLowerCase() + one.slice(1))).join(', ');
}
