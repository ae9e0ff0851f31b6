import type { MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '#shared/desktop/DesktopBridge.ts';

const words = {
  fr: {
    file: 'Fichier',
    newNote: 'Nouvelle note',
    newCarnet: 'Nouveau carnet',
    exportPdf: 'Exporter en PDF…',
    settings: 'Réglages…',
    edit: 'Édition',
    find: 'Chercher dans la note',
    view: 'Affichage',
    palette: 'Tout trouver…',
    sidebar: 'Barre latérale',
    window: 'Fenêtre',
  },
  en: {
    file: 'File',
    newNote: 'New note',
    newCarnet: 'New carnet',
    exportPdf: 'Export to PDF…',
    settings: 'Settings…',
    edit: 'Edit',
    find: 'Find in the note',
    view: 'View',
    palette: 'Find anything…',
    sidebar: 'Sidebar',
    window: 'Window',
  },
} as const;

/**
 * The application's menu; the roles that Electron knows bring their own words and shortcuts. No shortcut uses Ctrl+Alt, which is AltGr on the Canadian French layout.
 * @param send - carries an act to the page of the focused window.
 */
export function menuTemplate(
  language: 'fr' | 'en',
  platform: NodeJS.Platform,
  send: (command: MenuCommand) => void,
): MenuItemConstructorOptions[] {
  const word = words[language];
  const act = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => send(command),
    ...(accelerator === undefined ? {} : { accelerator }),
  });
  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    {
      label: word.file,
      submenu: [
        act(word.newNote, 'new_note', 'CmdOrCtrl+N'),
        act(word.newCarnet, 'new_carnet', 'CmdOrCtrl+Shift+N'),
        { type: 'separator' },
        act(word.exportPdf, 'export_pdf'),
        { type: 'separator' },
        act(word.settings, 'settings', 'CmdOrCtrl+,'),
        { type: 'separator' },
        platform === 'darwin' ? { role: 'close' } : { role: 'quit' },
      ],
    },
    {
      label: word.edit,
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'pasteAndMatchStyle' },
        { role: 'selectAll' },
        { type: 'separator' },
        act(word.find, 'find', 'CmdOrCtrl+F'),
      ],
    },
    {
      label: word.view,
      submenu: [
        act(word.palette, 'palette', 'CmdOrCtrl+K'),
        act(word.sidebar, 'toggle_sidebar', 'CmdOrCtrl+\\'),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu', label: word.window },
  ];
}
