import { EventEmitter } from 'node:events';
import type { Menu, MenuItemConstructorOptions, Tray } from 'electron';
import { expect, it } from 'vitest';
import { TrayIcon } from '../../../../electron/main/trayIcon.ts';

function newTray() {
  const did: string[] = [];
  let language: 'fr' | 'en' = 'fr';
  let menu: MenuItemConstructorOptions[] = [];
  const icon = Object.assign(new EventEmitter(), {
    setToolTip: () => undefined,
    setContextMenu: (given: unknown) => void (menu = given as MenuItemConstructorOptions[]),
    destroy: () => void did.push('destroy'),
  });
  const tray = new TrayIcon({
    create: () => (did.push('create'), icon as unknown as Tray),
    build: (template) => template as unknown as Menu,
    language: () => language,
    open: () => void did.push('open'),
    quit: () => void did.push('quit'),
  });
  return { tray, icon, did, menu: () => menu, speak: (now: 'fr' | 'en') => void (language = now) };
}

it('[R255] is there only while it is wanted, once', () => {
  const { tray, did } = newTray();
  tray.apply(false);
  expect([tray.isShown, did]).toEqual([false, []]);
  tray.apply(true);
  tray.apply(true);
  expect([tray.isShown, did]).toEqual([true, ['create']]);
  tray.apply(false);
  expect([tray.isShown, did]).toEqual([false, ['create', 'destroy']]);
});

it('opens and quits in the person’s language, also when that changes', () => {
  const { tray, icon, did, menu, speak } = newTray();
  tray.apply(true);
  const labels = () => menu().flatMap(({ label }) => (label === undefined ? [] : [label]));
  expect(labels()).toEqual(['Ouvrir Calepin', 'Quitter Calepin']);
  speak('en');
  tray.apply(true);
  expect(labels()).toEqual(['Open Calepin', 'Quit Calepin']);
  icon.emit('click');
  for (const { click } of menu()) click?.({} as never, undefined, {} as never);
  expect(did).toEqual(['create', 'open', 'open', 'quit']);
});
