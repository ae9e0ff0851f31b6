import { getI18n, useTranslation } from 'react-i18next';
import type { editor } from '../i18n/fr/editor.ts';

type Paths<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Paths<T[K]>}` }[keyof T &
  string];
type WithoutPlural<K extends string> = K extends `${infer Stem}_one` | `${infer Stem}_other` ? Stem : K;

/** A key of the editor's words. */
export type EditorTextKey = WithoutPlural<Paths<typeof editor>>;
type Values = Readonly<Record<string, string | number>>;
/** Gives the words of a key in the interface's language. */
export type EditorText = (key: EditorTextKey, values?: Values) => string;

/** The words of a key, now. For views that live outside React; they ask again each time they draw. */
export const editorText: EditorText = (key, values) => {
  // The key is checked above; i18next's own types cannot follow one that is put together.
  const translate = getI18n().t as unknown as (key: string, values?: Values) => string;
  return translate(`editor:${key}`, values);
};

/** A shortcut with its keys as keyboards name them in the interface's language: `Ctrl+Shift+1` is « Ctrl+Maj+1 » in French. */
export const shownKeys = (shortcut: string): string => shortcut.replace('Shift', editorText('keys.shift'));

/** The words of the editor for a component, drawn again when the language changes. */
export function useEditorText(): EditorText {
  useTranslation('editor');
  return editorText;
}
