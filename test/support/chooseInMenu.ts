import type { Desktop } from './launchDesktop.ts';

/** Chooses a line of the application's menu, as a person would, for the newest window. */
export function chooseInMenu(desktop: Desktop, label: string): Promise<void> {
  return desktop.evaluate(({ Menu, BrowserWindow }, wanted) => {
    // A test's window has not always the focus of the screen.
    BrowserWindow.getFocusedWindow = () => BrowserWindow.getAllWindows().at(-1) ?? null;
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []);
    const item = items?.find((each) => each.label === wanted);
    if (item === undefined) throw new Error(`the menu has no line « ${wanted} »`);
    item.click();
  }, label);
}
