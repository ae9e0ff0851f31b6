import type { MenuItemConstructorOptions } from 'electron';
import { HostWindow } from './BrowserWindow.ts';
import { NotInHostError, strict } from './strict.ts';

/** Roles that Electron carries out itself, lower-cased as it compares them. The host draws no menu and carries out none of them. */
const roles: ReadonlySet<string> = new Set(
  `about close copy cut delete editmenu filemenu forcereload front help hide hideothers minimize paste pasteandmatchstyle quit redo reload
  resetzoom selectall services togglefullscreen undo unhide viewmenu window windowmenu zoom zoomin zoomout appmenu toggledevtools
  recentdocuments clearrecentdocuments startspeaking stopspeaking toggletabbar`.split(/\s+/),
);
/** As Electron's parser of accelerators takes them. */
const accelerator =
  /^((Command|Cmd|Control|Ctrl|CommandOrControl|CmdOrCtrl|Alt|Option|AltGr|Shift|Super|Meta)\+)*([A-Za-z0-9]|F([1-9]|1\d|2[0-4])|[)!@#$%^&*(:;+=<,_\->.?/~`{\][|\\}"']|Plus|Space|Tab|Backspace|Delete|Insert|Return|Enter|Up|Down|Left|Right|Home|End|PageUp|PageDown|Escape|Esc)$/;

/** One line of a menu that was built. */
class HostMenuItem {
  readonly type: string;
  readonly label: string;
  readonly role: string | undefined;
  readonly id: string | undefined;
  readonly accelerator: string | undefined;
  readonly submenu: HostMenu | null;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  readonly #act: MenuItemConstructorOptions['click'];

  constructor(options: MenuItemConstructorOptions) {
    const { role, accelerator: keys, submenu } = options;
    if (role !== undefined && !roles.has(role.toLowerCase())) throw new Error(`Unknown role: ${role}`);
    if (typeof keys === 'string' && !accelerator.test(keys)) throw new Error(`Invalid accelerator: ${keys}`);
    this.role = role?.toLowerCase();
    this.label = options.label ?? '';
    this.id = options.id;
    this.accelerator = typeof keys === 'string' ? keys : undefined;
    this.submenu = Array.isArray(submenu) ? buildFromTemplate(submenu) : null;
    this.type = options.type ?? (this.submenu === null ? 'normal' : 'submenu');
    this.enabled = options.enabled !== false;
    this.visible = options.visible !== false;
    this.checked = options.checked === true;
    this.#act = options.click;
    if (this.type !== 'separator' && this.role === undefined && this.label === '')
      throw new Error('an item of a menu has neither role nor label');
  }

  /** What a person's click does. */
  click(): void {
    if (this.role !== undefined && this.#act === undefined)
      throw new NotInHostError(`act of the menu role "${this.role}"`);
    this.#act?.(this as never, HostWindow.getFocusedWindow() as never, {} as never);
  }
}

class HostMenu {
  readonly items: HostMenuItem[];

  constructor(items: HostMenuItem[]) {
    this.items = items;
  }

  getMenuItemById(id: string): HostMenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : (item.submenu?.getMenuItemById(id) ?? null);
      if (found !== null) return found;
    }
    return null;
  }

  /** The menu that was asked for last, for the tests: nothing is drawn. */
  popup(): void {
    lastPopup = { items: this.items };
  }
}

let applicationMenu: HostMenu | null = null;
let lastPopup: Pick<HostMenu, 'items'> | null = null;

function buildFromTemplate(template: readonly MenuItemConstructorOptions[]): HostMenu {
  return strict('Menu', new HostMenu(template.map((one) => strict('MenuItem', new HostMenuItem(one)))));
}

export const Menu = strict('Menu', {
  buildFromTemplate,
  setApplicationMenu: (menu: HostMenu | null): void => void (applicationMenu = menu),
  getApplicationMenu: (): HostMenu | null => applicationMenu,
  hostLastPopup: (): Pick<HostMenu, 'items'> | null => lastPopup,
});
