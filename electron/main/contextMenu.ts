import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';
import { isAppAddress } from './appAddress.ts';
import { linkTo } from './deepLink.ts';
import { menuWords } from './menuWords.ts';
import { externalAddress } from './openExternal.ts';

type Item = MenuItemConstructorOptions;

/** What Electron says of the place that was pressed, as far as the menu needs it. Its texts come from the page: anybody may have written them. */
export type PressedPlace = Pick<
  ContextMenuParams,
  'linkURL' | 'selectionText' | 'isEditable' | 'editFlags' | 'misspelledWord' | 'dictionarySuggestions'
>;

/** What the menu's lines do; cutting, copying and pasting are Electron's own. */
export interface ContextActs {
  /** Puts another word in the place of the one that is misspelled. */
  replaceWord(word: string): void;
  learnWord(word: string): void;
  /** @param address - one that `externalAddress` lets out. */
  openOutside(address: string): void;
  /** @param page - the path of a note, a carnet or a base. */
  openWindow(page: string): void;
  copyText(text: string): void;
}

/** As many as a person reads at a glance. */
const maxSuggestions = 5;

/**
 * The menu of one place of a page: the word that is misspelled there, the link, the text; what is possible there and nothing else.
 * @returns its lines; none where there is nothing to do, and no menu is shown.
 */
export function contextMenuTemplate(language: 'fr' | 'en', place: PressedPlace, acts: ContextActs): Item[] {
  const groups = [
    ...spellingGroups(language, place, acts),
    linkGroup(language, place.linkURL, acts),
    textGroup(language, place),
  ].filter((group) => group.length > 0);
  return groups.flatMap((group, index): Item[] => (index === 0 ? group : [{ type: 'separator' }, ...group]));
}

function spellingGroups(language: 'fr' | 'en', place: PressedPlace, acts: ContextActs): Item[][] {
  const { misspelledWord, dictionarySuggestions } = place;
  if (misspelledWord === '') return [];
  const word = menuWords[language];
  const suggestions = dictionarySuggestions.slice(0, maxSuggestions).map((suggestion): Item => ({
    label: suggestion,
    click: () => acts.replaceWord(suggestion),
  }));
  return [
    suggestions.length > 0 ? suggestions : [{ label: word.noSuggestion, enabled: false }],
    [{ label: word.learnWord, click: () => acts.learnWord(misspelledWord) }],
  ];
}

/** A link to a note, a carnet or a base opens beside; one that leaves goes where `externalAddress` lets it; any other has no lines. */
function linkGroup(language: 'fr' | 'en', address: string, acts: ContextActs): Item[] {
  const word = menuWords[language];
  const page = isAppAddress(address) ? new URL(address).pathname : null;
  if (page !== null) {
    const link = linkTo(page);
    return link === null
      ? []
      : [
          { label: word.openInWindow, click: () => acts.openWindow(page) },
          { label: word.copyLink, click: () => acts.copyText(link) },
        ];
  }
  const target = externalAddress(address);
  if (target === null) return [];
  const mailbox = target.startsWith('mailto:') ? new URL(target).pathname : null;
  return [
    {
      label: mailbox === null ? word.openLink : word.writeMail,
      click: () => acts.openOutside(target),
    },
    {
      label: mailbox === null ? word.copyLink : word.copyMail,
      click: () => acts.copyText(mailbox ?? target),
    },
  ];
}

function textGroup(language: 'fr' | 'en', { isEditable, editFlags, selectionText }: PressedPlace): Item[] {
  const word = menuWords[language];
  if (!isEditable) return selectionText.trim() === '' ? [] : [{ label: word.copy, role: 'copy' }];
  return [
    { label: word.cut, role: 'cut', enabled: editFlags.canCut },
    { label: word.copy, role: 'copy', enabled: editFlags.canCopy },
    { label: word.paste, role: 'paste', enabled: editFlags.canPaste },
    { label: word.pastePlain, role: 'pasteAndMatchStyle', enabled: editFlags.canPaste },
    { type: 'separator' },
    { label: word.selectAll, role: 'selectAll', enabled: editFlags.canSelectAll },
  ];
}
