import type { MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '#shared/desktop/DesktopBridge.ts';
import { menuWords } from './menuWords.ts';

type Item = MenuItemConstructorOptions;

/** What the menu does beside what the page does. */
export interface MenuActs {
  /** Carries an act to the page of the focused window. */
  readonly send: (command: MenuCommand) => void;
  readonly newWindow: () => void;
  /** Prints the page of the focused window by the system's own dialogue. */
  readonly print: () => void;
  /** The lines of the notes changed last. */
  readonly recent: readonly Item[];
}

const line: Item = { type: 'separator' };

/**
 * The application's menu, each line with its word in the person's language and the platform's own shortcut. No shortcut uses Ctrl+Alt, which is AltGr on the Canadian
 * French layout.
 */
export function menuTemplate(
  language: 'fr' | 'en',
  platform: NodeJS.Platform,
  { send, newWindow, print, recent }: MenuActs,
): Item[] {
  const word = menuWords[language];
  const isMac = platform === 'darwin';
  const act = (label: string, command: MenuCommand, accelerator?: string): Item => ({
    label,
    click: () => send(command),
    ...(accelerator === undefined ? {} : { accelerator }),
  });
  const role = (label: string, name: NonNullable<Item['role']>): Item => ({ label, role: name });
  const settings = act(word.settings, 'settings', 'CmdOrCtrl+,');
  const application: Item = {
    label: 'Calepin',
    submenu: [
      role(word.about, 'about'),
      line,
      settings,
      line,
      role(word.services, 'services'),
      line,
      role(word.hide, 'hide'),
      role(word.hideOthers, 'hideOthers'),
      role(word.showAll, 'unhide'),
      line,
      role(word.quit, 'quit'),
    ],
  };
  return [
    ...(isMac ? [application] : []),
    {
      label: word.file,
      submenu: [
        act(word.newNote, 'new_note', 'CmdOrCtrl+N'),
        act(word.newCarnet, 'new_carnet', 'CmdOrCtrl+Shift+N'),
        { label: word.recent, submenu: [...recent] },
        { label: word.newWindow, accelerator: 'CmdOrCtrl+Shift+O', click: newWindow },
        line,
        act(word.exportPdf, 'export_pdf'),
        line,
        act(word.backUp, 'back_up'),
        act(word.restoreBackup, 'restore_backup'),
        { label: word.print, accelerator: 'CmdOrCtrl+P', click: print },
        line,
        ...(isMac ? [] : [settings, line]),
        role(word.close, 'close'),
        ...(isMac ? [] : [role(word.quit, 'quit')]),
      ],
    },
    {
      label: word.edit,
      submenu: [
        role(word.undo, 'undo'),
        role(word.redo, 'redo'),
        line,
        role(word.cut, 'cut'),
        role(word.copy, 'copy'),
        role(word.paste, 'paste'),
        role(word.pastePlain, 'pasteAndMatchStyle'),
        role(word.selectAll, 'selectAll'),
        line,
        act(word.find, 'find', 'CmdOrCtrl+F'),
      ],
    },
    {
      label: word.view,
      submenu: [
        act(word.palette, 'palette', 'CmdOrCtrl+K'),
        act(word.sidebar, 'toggle_sidebar', 'CmdOrCtrl+\\'),
        line,
        role(word.actualSize, 'resetZoom'),
        role(word.zoomIn, 'zoomIn'),
        role(word.zoomOut, 'zoomOut'),
        line,
        role(word.fullScreen, 'togglefullscreen'),
      ],
    },
    {
      label: word.window,
      // Named, so that macOS lists the open windows in it.
      role: 'window',
      submenu: [role(word.minimize, 'minimize'), ...(isMac ? [line, role(word.front, 'front')] : [])],
    },
  ];
}
