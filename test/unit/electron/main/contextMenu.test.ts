import type { MenuItemConstructorOptions } from 'electron';
import { expect, it } from 'vitest';
import { contextMenuTemplate } from '../../../../electron/main/contextMenu.ts';
import type { PressedPlace } from '../../../../electron/main/contextMenu.ts';
import { menuWords } from '../../../../electron/main/menuWords.ts';

const flags = { canCut: false, canCopy: false, canPaste: false, canSelectAll: false } as const;
const nothing = {
  linkURL: '',
  selectionText: '',
  isEditable: false,
  editFlags: flags as unknown as PressedPlace['editFlags'],
  misspelledWord: '',
  dictionarySuggestions: [],
} satisfies PressedPlace;
const id = 'AAAAAAAAAAAAAAAAAAAAAA';

/** The menu of a place, and what its lines did when a person chose each of them. */
function menuOf(place: Partial<PressedPlace>, language: 'fr' | 'en' = 'fr') {
  const done: [string, string][] = [];
  const keep = (act: string) => (text: string) => void done.push([act, text]);
  const items: MenuItemConstructorOptions[] = contextMenuTemplate(
    language,
    { ...nothing, ...place },
    {
      replaceWord: keep('replace'),
      learnWord: keep('learn'),
      openOutside: keep('outside'),
      openWindow: keep('window'),
      copyText: keep('copy'),
    },
  );
  const choose = (): [string, string][] => {
    for (const { click } of items) click?.({} as never, undefined, {} as never);
    return done;
  };
  const lines = items.map(({ type, label, enabled }) =>
    type === 'separator' ? '—' : `${label}${enabled === false ? ' (off)' : ''}`,
  );
  return { items, lines, choose };
}

it('shows no menu where there is nothing to do', () => {
  expect(menuOf({}).items).toEqual([]);
  expect(menuOf({ selectionText: ' \n ' }).items).toEqual([]);
});

it('offers what is possible where one writes, and keeps the other lines in their place', () => {
  const { lines, items } = menuOf({
    isEditable: true,
    editFlags: { ...nothing.editFlags, canPaste: true, canSelectAll: true },
  });
  expect(lines).toEqual([
    'Couper (off)',
    'Copier (off)',
    'Coller',
    'Coller sans mise en forme',
    '—',
    'Tout sélectionner',
  ]);
  expect(items.flatMap(({ role }) => role ?? [])).toEqual([
    'cut',
    'copy',
    'paste',
    'pasteAndMatchStyle',
    'selectAll',
  ]);
});

it('offers to copy what is chosen where one only reads', () => {
  expect(menuOf({ selectionText: 'mot' }).lines).toEqual(['Copier']);
});

it('puts a word of the dictionary in the place of the one that is misspelled, or learns that one', () => {
  const { lines, choose } = menuOf({
    isEditable: true,
    misspelledWord: 'carnais',
    dictionarySuggestions: ['carnet', 'carnets', 'carnier', 'carnage', 'carné', 'canard'],
  });
  expect(lines.slice(0, 8)).toEqual([
    'carnet',
    'carnets',
    'carnier',
    'carnage',
    'carné',
    '—',
    'Ajouter au dictionnaire',
    '—',
  ]);
  expect(choose().filter(([act]) => act === 'learn')).toEqual([['learn', 'carnais']]);
  expect(choose()[0]).toEqual(['replace', 'carnet']);
  const unknown = menuOf({ isEditable: true, misspelledWord: 'xqzt' });
  expect(unknown.lines.slice(0, 3)).toEqual(['Aucune suggestion (off)', '—', 'Ajouter au dictionnaire']);
});

it('opens a link of the text outside, and copies it', () => {
  const { lines, choose } = menuOf({ linkURL: 'https://exemple.org/a' });
  expect(lines).toEqual(['Ouvrir le lien', 'Copier le lien']);
  expect(choose()).toEqual([
    ['outside', 'https://exemple.org/a'],
    ['copy', 'https://exemple.org/a'],
  ]);
  const mail = menuOf({ linkURL: 'mailto:lou@exemple.org?subject=Bonjour' });
  expect(mail.lines).toEqual(['Écrire à cette adresse', 'Copier l’adresse']);
  expect(mail.choose()).toEqual([
    ['outside', 'mailto:lou@exemple.org?subject=Bonjour'],
    ['copy', 'lou@exemple.org'],
  ]);
});

it('opens a note beside, and copies the link by which any program opens it', () => {
  const { lines, choose } = menuOf({ linkURL: `app://bundle/notes/${id}?x=1#launch=secret` });
  expect(lines).toEqual(['Ouvrir dans une nouvelle fenêtre', 'Copier le lien']);
  expect(choose()).toEqual([
    ['window', `/notes/${id}`],
    ['copy', `calepin://note/${id}`],
  ]);
});

it.each([
  'javascript:alert(1)',
  'file:///etc/passwd',
  'data:text/html,x',
  'calepin://note/x',
  'https://banque.example@ailleurs.example/',
  'mailto:a@b.example?attach=/etc/passwd',
  'app://bundle/settings',
  'app://bundle/#launch=x',
  `app://bundle/notes/${id}/history`,
  `app://elsewhere/notes/${id}`,
  'app://bundle/notes/../settings',
])('has no line for a link that may not be followed: %s', (linkURL) => {
  expect(menuOf({ linkURL }).items).toEqual([]);
});

it('has a word of the person’s language on every line', () => {
  for (const language of ['fr', 'en'] as const) {
    const words: readonly string[] = ['—', ...Object.values(menuWords[language])];
    const lines = ['https://exemple.org/', 'mailto:a@b.example', `app://bundle/notes/${id}`]
      .flatMap(
        (linkURL) =>
          menuOf(
            {
              linkURL,
              isEditable: true,
              editFlags: {
                ...nothing.editFlags,
                canCut: true,
                canCopy: true,
                canPaste: true,
                canSelectAll: true,
              },
              misspelledWord: 'x',
            },
            language,
          ).lines,
      )
      .map((line) => line.replace(' (off)', ''));
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.filter((line) => !words.includes(line))).toEqual([]);
  }
});
