import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { z } from 'zod';
import { desktopChannels } from '#shared/desktop/channels.ts';
import type { DesktopProblem } from '#shared/desktop/DesktopBridge.ts';
import { idPattern } from '#shared/domain/ids.ts';
import { isAppAddress } from './appAddress.ts';
import { isLargerThan } from './argumentSize.ts';
import type { DragSource } from './dragExport.ts';
import { settingsSchema } from './settings.ts';
import type { SettingsStore } from './settings.ts';

/** What the calls do; each is made elsewhere and given here, so that this file holds the checks alone. */
export interface IpcActs {
  relaySocketOrigin(): Promise<string>;
  /** @param contentsId - the page that asks. */
  openExternal(url: string, contentsId: number): Promise<boolean>;
  saveExport(exportId: string, suggestedName: string): Promise<string | null>;
  /** @param source - the page in which it is dragged. */
  dragExport(exportId: string, suggestedName: string, source: DragSource): Promise<void>;
  secretsKept(): 'keyring' | 'memory';
  startProblem(): DesktopProblem | null;
  retryStart(): Promise<DesktopProblem | null>;
  showDataFolder(): void;
  chooseFolder(): Promise<string | null>;
  readonly settings: SettingsStore;
  /** The window says that everything is stored on this device. */
  closeReady(contentsId: number): void;
}

/** Only the main frame of the application's own page may call. */
export function isTrustedSender(event: Pick<IpcMainInvokeEvent, 'senderFrame' | 'sender'>): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame === event.sender.mainFrame && isAppAddress(frame.url);
}

/** A map, a date or bytes cross from a page too, and pass for an object without fields. */
function isPlain(argument: unknown): boolean {
  return (
    typeof argument !== 'object' ||
    argument === null ||
    Object.prototype.toString.call(argument) === '[object Object]'
  );
}

const maxArgumentBytes = 1024 * 1024;

/** Registers every call that a page may make. Arguments that do not parse, or a caller that is not our page, are refused. */
export function registerIpc(ipcMain: Pick<IpcMain, 'handle'>, acts: IpcActs): void {
  function handle<T extends z.ZodType>(
    channel: string,
    schema: T,
    act: (argument: z.infer<T>, event: IpcMainInvokeEvent) => unknown,
  ): void {
    ipcMain.handle(channel, async (event, ...given: unknown[]) => {
      if (!isTrustedSender(event)) throw new Error('not allowed');
      if (isLargerThan(given, maxArgumentBytes)) throw new Error('too large');
      const parsed = schema.safeParse(given[0]);
      if (!parsed.success || given.length > 1 || !isPlain(given[0])) throw new Error('invalid argument');
      return act(parsed.data, event);
    });
  }
  handle(desktopChannels.relaySocketOrigin, z.undefined(), () => acts.relaySocketOrigin());
  handle(desktopChannels.openExternal, z.string().max(2_048), (url, event) =>
    acts.openExternal(url, event.sender.id),
  );
  const finished = z.strictObject({
    exportId: z.string().regex(idPattern),
    suggestedName: z.string().min(1).max(255),
  });
  handle(desktopChannels.saveExport, finished, ({ exportId, suggestedName }) =>
    acts.saveExport(exportId, suggestedName),
  );
  handle(desktopChannels.dragExport, finished, ({ exportId, suggestedName }, { sender }) =>
    acts.dragExport(exportId, suggestedName, sender),
  );
  handle(desktopChannels.secretsKept, z.undefined(), () => acts.secretsKept());
  handle(desktopChannels.startProblem, z.undefined(), () => acts.startProblem());
  handle(desktopChannels.retryStart, z.undefined(), () => acts.retryStart());
  handle(desktopChannels.showDataFolder, z.undefined(), () => acts.showDataFolder());
  handle(desktopChannels.chooseFolder, z.undefined(), () => acts.chooseFolder());
  handle(desktopChannels.readSettings, z.undefined(), () => acts.settings.read());
  const { language, theme, spelling, tray } = settingsSchema.shape;
  const change = z.strictObject({
    language: language.unwrap().optional(),
    theme: theme.unwrap().optional(),
    spelling: spelling.unwrap().optional(),
    tray: tray.unwrap().optional(),
  });
  handle(desktopChannels.writeSettings, change, (given) =>
    // A field that is given as nothing is one that was not given.
    acts.settings.write(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))),
  );
  handle(desktopChannels.closeReady, z.undefined(), (_none, event) => acts.closeReady(event.sender.id));
}
