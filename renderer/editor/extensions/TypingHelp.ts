import { Extension, InputRule } from '@tiptap/core';
import type { ResolvedPos } from '@tiptap/pm/model';

const noBreak = '\u00a0';
const narrowNoBreak = '\u202f';

/** The language at a place: the passage's, then its block's, then the note's. */
function languageAt($pos: ResolvedPos, noteLanguage: string): string {
  for (const mark of $pos.marks()) {
    if (mark.type.name === 'language' && typeof mark.attrs['lang'] === 'string') return mark.attrs['lang'];
  }
  for (let depth = $pos.depth; depth > 0; depth -= 1) {
    const lang: unknown = $pos.node(depth).attrs['lang'];
    if (typeof lang === 'string') return lang;
  }
  return noteLanguage;
}

interface Rule {
  readonly find: RegExp;
  /** What stands in place of the match; null to leave it. */
  readonly write: (match: RegExpMatchArray, isFrench: boolean) => string | null;
}

/** Each rule sees the text before the caret with the character just typed, and rewrites its own match. */
const rules: readonly Rule[] = [
  // Opening quotation mark: at the beginning, after a space or an opening bracket.
  {
    find: /(^|[\s([{—–-])"$/u,
    write: ([, before = ''], isFrench) => `${before}${isFrench ? `«${noBreak}` : '“'}`,
  },
  {
    find: /(\S)[ \u00a0]?"$/u,
    write: ([, before = ''], isFrench) => (isFrench ? `${before}${noBreak}»` : `${before}”`),
  },
  { find: /(^|[\s([{—–«“-])'$/u, write: ([, before = ''], isFrench) => `${before}${isFrench ? '’' : '‘'}` },
  { find: /(\S)'$/u, write: ([, before = '']) => `${before}’` },
  // A space that was typed before these marks must not begin a line with them. None is added: that is each author's usage.
  {
    find: /(\S) ([;!?])$/u,
    write: ([, before = '', mark = ''], isFrench) => (isFrench ? `${before}${narrowNoBreak}${mark}` : null),
  },
  {
    find: /(\S) (:)$/u,
    write: ([, before = '', mark = ''], isFrench) => (isFrench ? `${before}${noBreak}${mark}` : null),
  },
  { find: /« (\S)$/u, write: ([, after = '']) => `«${noBreak}${after}` },
  { find: /(\S) »$/u, write: ([, before = '']) => `${before}${noBreak}»` },
  { find: /\.\.\.$/u, write: () => '…' },
  { find: /(^|[^-])--$/u, write: ([, before = '']) => `${before}–` },
  { find: /–-$/u, write: () => '—' },
  { find: /(^|\s)->$/u, write: ([, before = '']) => `${before}→` },
];

/**
 * The rewriting that a typed character calls for, for tests and for the rules below.
 * @param text - the text before the caret, the typed character included.
 * @returns the whole text rewritten, or null where nothing changes.
 */
export function helpTyping(text: string, language: string): string | null {
  const isFrench = /^fr\b/i.test(language);
  for (const { find, write } of rules) {
    const match = find.exec(text);
    const written = match ? write(match, isFrench) : null;
    if (match && written !== null) return text.slice(0, match.index) + written;
  }
  return null;
}

/**
 * Quotation marks, apostrophes, dashes and no-break spaces as they are typed; Backspace takes the help back. Only typing of
 * this person is touched, never text that is there or that others write, and never code.
 */
export const TypingHelp = Extension.create<{ language: () => string }>({
  name: 'typingHelp',
  addOptions() {
    return { language: () => 'fr' };
  },
  addInputRules() {
    return rules.map(
      ({ find, write }) =>
        new InputRule({
          find,
          handler: ({ state, range, match }) => {
            const $from = state.doc.resolve(range.from);
            const written = write(
              match,
              /^fr\b/i.test(languageAt(state.selection.$from, this.options.language())),
            );
            if (written === null || $from.parent.type.spec.code === true) return null;
            state.tr.insertText(written, range.from, range.to);
            return undefined;
          },
        }),
    );
  },
});
