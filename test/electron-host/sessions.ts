import type { ProtocolHandler } from './Network.ts';
import { chromium } from './Chromium.ts';
import { toBrowser } from './addresses.ts';
import { NotInHostError, strict } from './strict.ts';
import type { Contents } from './Contents.ts';

/** What Electron calls a permission, and what the browser's protocol does. Those without a name there are denied by the browser's own headless default. */
const permissionNames: Readonly<Record<string, string>> = {
  'clipboard-sanitized-write': 'clipboard-write',
  'clipboard-read': 'clipboard-read',
  notifications: 'notifications',
  geolocation: 'geolocation',
  midi: 'midi',
  'idle-detection': 'idle-detection',
  'storage-access': 'storage-access',
  'window-management': 'window-management',
};
const mediaNames: readonly string[] = ['camera', 'microphone'];

type Check = (contents: Contents | null, permission: string) => boolean;
type Ask = (contents: Contents, permission: string, answer: (granted: boolean) => void) => void;

/** A storage of pages, as `session` is to Electron: the default one, or one in memory of its own. */
export class HostSession {
  /** What answers a scheme in this session alone. */
  readonly handlers = new Map<string, ProtocolHandler>();
  readonly #isDefault: boolean;
  readonly #expected = new Map<Contents, string>();
  readonly #targets = new Set<string>();
  #context: Promise<string | undefined> | null = null;
  #check: Check | null = null;
  #ask: Ask | null = null;
  #spellCheck = true;
  #spellLanguages: string[] = [];

  readonly protocol = strict('session.protocol', {
    handle: (scheme: string, handler: ProtocolHandler) => {
      if (this.#isDefault || (scheme !== 'https' && scheme !== 'http'))
        throw new NotInHostError(`protocol.handle('${scheme}') in this session`);
      this.handlers.set(scheme, handler);
    },
  });

  constructor(isDefault: boolean) {
    this.#isDefault = isDefault;
  }

  setPermissionCheckHandler(handler: Check | null): void {
    this.#check = handler;
  }

  setPermissionRequestHandler(handler: Ask | null): void {
    this.#ask = handler;
  }

  setDevicePermissionHandler(_handler: unknown): void {}

  setDisplayMediaRequestHandler(_handler: unknown): void {}

  setSpellCheckerEnabled(enabled: boolean): void {
    this.#spellCheck = enabled;
  }

  isSpellCheckerEnabled(): boolean {
    return this.#spellCheck;
  }

  /** Nothing is ever fetched here: no spelling is checked. */
  setSpellCheckerDictionaryDownloadURL(_address: string): void {}

  setSpellCheckerLanguages(languages: string[]): void {
    this.#spellLanguages = [...languages];
  }

  getSpellCheckerLanguages(): string[] {
    return [...this.#spellLanguages];
  }

  /** Which requests are held back for main: navigations, or all where main answers for the network. */
  patterns(): object[] {
    return this.handlers.size > 0 ? [{ urlPattern: '*' }] : [{ urlPattern: '*', resourceType: 'Document' }];
  }

  /** The browser's own name of this session; none for the default one. */
  browserContext(): Promise<string | undefined> {
    this.#context ??= this.#isDefault
      ? Promise.resolve(undefined)
      : chromium().then(async ({ cdp }) => {
          const { browserContextId } = await cdp.browser.send('Target.createBrowserContext', {
            disposeOnDetach: true,
          });
          return String(browserContextId);
        });
    return this.#context;
  }

  own(targetId: string): void {
    this.#targets.add(targetId);
  }

  /** Main is about to load this address itself. */
  expectLoad(contents: Contents, address: string): void {
    this.#expected.set(contents, address);
  }

  takeExpectedLoad(contents: Contents, address: string): boolean {
    if (this.#expected.get(contents) !== address) return false;
    return this.#expected.delete(contents);
  }

  /**
   * Asks the handlers about every kind once, and sets the browser so: it has no way to ask for each request. The page counts as one of the application's own
   * (`app://bundle/`), which is what the handlers look at.
   */
  async applyPermissions(contents: Contents): Promise<void> {
    const { cdp } = await chromium();
    const browserContextId = await this.browserContext();
    const asking = strict('webContents', { id: contents.id, getURL: () => 'app://bundle/' });
    const set = (name: string, setting: string) =>
      cdp.browser.send('Browser.setPermission', {
        permission: { name },
        setting,
        origin: toBrowser('app://bundle/').replace(/\/$/, ''),
        ...(browserContextId === undefined ? {} : { browserContextId }),
      });
    const isGranted = (permission: string): boolean => {
      // Without a handler Electron grants what is asked for.
      let granted = this.#ask === null;
      this.#ask?.(asking as unknown as Contents, permission, (answer) => void (granted = answer));
      const checked = this.#check?.(asking as unknown as Contents, permission) ?? true;
      return granted && checked;
    };
    await Promise.all([
      ...Object.entries(permissionNames).map(([permission, name]) =>
        set(name, isGranted(permission) ? 'granted' : 'denied'),
      ),
      ...mediaNames.map((name) => set(name, isGranted('media') ? 'granted' : 'denied')),
    ]);
  }
}

const sessions = new Map<string, HostSession>();

export const defaultSession = strict('session', new HostSession(true));

/** @param partition - in memory; one that is kept (`persist:`) is not in the host. */
export function fromPartition(partition: string): HostSession {
  if (partition.startsWith('persist:')) throw new NotInHostError('partition that is kept');
  const known = sessions.get(partition) ?? strict('session', new HostSession(false));
  sessions.set(partition, known);
  return known;
}
