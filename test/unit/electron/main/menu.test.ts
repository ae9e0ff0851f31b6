import type { MenuItemConstructorOptions } from 'electron';
import { expect, it } from 'vitest';
import { menuCommands } from '#shared/desktop/DesktopBridge.ts';
import { menuTemplate } from '../../../../electron/main/menu.ts';
import { menuWords } from '../../../../electron/main/menuWords.ts';

type Item = MenuItemConstructorOptions;

function menuOf(language: 'fr' | 'en', platform: NodeJS.Platform) {
  const sent: string[] = [];
  const flatten = (items: readonly Item[]): Item[] =>
    items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flatten(item.submenu) : [])]);
  const template = menuTemplate(language, platform, {
    send: (command) => void sent.push(command),
    newWindow: () => void sent.push('window'),
    print: () => void sent.push('print'),
    recent: [{ label: menuWords[language].noRecent, enabled: false }],
  });
  return { sent, items: flatten(template).filter(({ type }) => type !== 'separator') };
}

const platforms = ['linux', 'win32', 'darwin'] as const;

it('has a word of the language on every line, Electron’s own included', () => {
  for (const language of ['fr', 'en'] as const) {
    const words: readonly string[] = ['Calepin', ...Object.values(menuWords[language])];
    for (const platform of platforms)
      for (const { label, role } of menuOf(language, platform).items)
        expect({ role, label }).toEqual({ role, label: words.find((word) => word === label) });
  }
});

it('has each act of the page once, and no two lines for the same keys', () => {
  for (const platform of platforms) {
    const { items, sent } = menuOf('fr', platform);
    for (const { click } of items) click?.({} as never, undefined, {} as never);
    expect(sent.toSorted()).toEqual(['window', 'print', ...menuCommands].toSorted());
    const keys = items.flatMap(({ accelerator }) => (typeof accelerator === 'string' ? [accelerator] : []));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.filter((each) => /Alt/.test(each))).toEqual([]);
  }
});

it('is the platform’s: the application’s own menu on macOS, quitting under « Fichier » elsewhere', () => {
  const quit = (platform: NodeJS.Platform) =>
    menuOf('fr', platform).items.filter(({ role }) => role === 'quit');
  expect(platforms.map((platform) => quit(platform).length)).toEqual([1, 1, 1]);
  expect(menuOf('fr', 'darwin').items[0]?.label).toBe('Calepin');
  expect(menuOf('fr', 'linux').items[0]?.label).toBe('Fichier');
});

it('finds, prints, zooms and fills the screen by the keys that each platform has for it', () => {
  for (const platform of platforms) {
    const { items } = menuOf('fr', platform);
    const of = (label: string) => items.find((item) => item.label === label);
    expect([of('Rechercher dans la page')?.accelerator, of('Imprimer…')?.accelerator]).toEqual([
      'CmdOrCtrl+F',
      'CmdOrCtrl+P',
    ]);
    // Electron gives these roles the platform's own keys (Ctrl+0, Ctrl++, F11 or ⌃⌘F): none is written over them.
    for (const [label, role] of [
      ['Taille réelle', 'resetZoom'],
      ['Agrandir', 'zoomIn'],
      ['Réduire', 'zoomOut'],
      ['Plein écran', 'togglefullscreen'],
    ] as const)
      expect(of(label)).toEqual({ label, role });
  }
});
