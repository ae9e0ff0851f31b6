import { readFileSync } from 'node:fs';
import type { WebPreferences } from 'electron';
import { fromBrowser, toBrowser } from './addresses.ts';
import type { CdpSession, Fields } from './Cdp.ts';
import { chromium } from './Chromium.ts';
import type { Contents } from './Contents.ts';
import { Frame } from './Frame.ts';
import { receiveFromPreload } from './ipc.ts';
import { guardRequest } from './requestGuard.ts';
import type { HostSession } from './sessions.ts';
import { HostEmitter, NotInHostError, hostEvent, strict } from './strict.ts';
import { preloadWorld, toMain, toPreload, worldScripts } from './world/worldScripts.ts';
import { createCodec } from './world/codec.ts';

const codec = createCodec();
let lastId = 0;

const events = [
  'will-navigate',
  'will-redirect',
  'will-frame-navigate',
  'will-attach-webview',
  'will-prevent-unload',
  'did-finish-load',
  'did-fail-load',
  'dom-ready',
  'render-process-gone',
  'destroyed',
  'context-menu',
  'preload-error',
  'before-input-event',
  'input-event',
  'found-in-page',
  'zoom-changed',
  'console-message',
];

type OpenHandler = (details: { url: string }) => { action: 'deny' | 'allow' };

/** A page of the browser, as `webContents` is to Electron. */
export class HostWebContents extends HostEmitter implements Contents {
  readonly id = ++lastId;
  readonly session: HostSession;
  readonly debugger: object;
  /** This object behind its guard, as main knows it. */
  readonly self: HostWebContents;
  /** The page's target in the browser. */
  targetId: string | null = null;
  readonly #ready: Promise<CdpSession>;
  readonly #frames = new Map<string, Frame>();
  readonly #contexts = new Map<number, string>();
  #main: Frame | null = null;
  #preloadContext: number | null = null;
  #openHandler: OpenHandler | null = null;
  #destroyed = false;
  #hasPreload = false;
  #zoomLevel = 0;

  constructor(session: HostSession, preferences: WebPreferences, size: { width: number; height: number }) {
    super('webContents', events);
    this.session = session;
    this.self = strict('webContents', this);
    this.#ready = this.#open(preferences, size);
    // Whoever asks something of the page hears of it.
    this.#ready.catch(() => undefined);
    this.debugger = strict('webContents.debugger', {
      attach: () => undefined,
      isAttached: () => true,
      sendCommand: async (method: string, params?: Fields) => (await this.#ready).send(method, params),
    });
  }

  get mainFrame(): Frame {
    if (this.#main === null) throw new Error('the page has no frame yet');
    return this.#main;
  }

  getURL(): string {
    return this.#main?.url ?? '';
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  /** The host has one answer: no. */
  askToOpen(url: string): void {
    const answer = this.#openHandler?.({ url: fromBrowser(url) }) ?? { action: 'allow' };
    if (answer.action !== 'deny') throw new NotInHostError('window that a page opens');
  }

  async loadURL(address: string): Promise<void> {
    const page = await this.#ready;
    this.session.expectLoad(this, address);
    const loaded = new Promise((resolve) => page.once('Page.loadEventFired', resolve));
    const { errorText } = await page.send('Page.navigate', { url: toBrowser(address) });
    if (errorText !== undefined) {
      this.emit('did-fail-load', hostEvent({}), -2, errorText, address, true);
      throw new Error(`${errorText} (-2) loading '${address}'`);
    }
    await Promise.race([loaded, new Promise((resolve) => page.once('gone', resolve))]);
  }

  reload(): void {
    void this.#ready.then((page) => {
      this.session.expectLoad(this, this.getURL());
      return page.send('Page.reload');
    });
  }

  send(channel: string, ...args: unknown[]): void {
    this.#toPreload({ type: 'event', channel, args });
  }

  async executeJavaScript(expression: string): Promise<unknown> {
    const page = await this.#ready;
    const { result, exceptionDetails } = await page.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails !== undefined)
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async printToPDF(options: Fields): Promise<Buffer> {
    for (const name of Object.keys(options))
      if (
        !['preferCSSPageSize', 'printBackground', 'generateTaggedPDF', 'generateDocumentOutline'].includes(
          name,
        )
      )
        throw new NotInHostError(`printToPDF option "${name}"`);
    const page = await this.#ready;
    const { stream } = await page.send('Page.printToPDF', { ...options, transferMode: 'ReturnAsStream' });
    const parts: Buffer[] = [];
    for (let done = false; !done;) {
      const { data, base64Encoded, eof } = await page.send('IO.read', { handle: stream });
      parts.push(Buffer.from(data, base64Encoded ? 'base64' : 'utf8'));
      done = eof;
    }
    await page.send('IO.close', { handle: stream });
    return Buffer.concat(parts);
  }

  /** The system's own dialogue is not drawn: how often it was asked for is counted, for the tests. */
  hostPrints = 0;
  print(): void {
    this.hostPrints += 1;
  }

  /** What the system would have dragged. */
  readonly hostDragged: { file: string; icon: string }[] = [];
  startDrag(item: { file: string; icon: string }): void {
    this.hostDragged.push(item);
  }

  getZoomLevel(): number {
    return this.#zoomLevel;
  }

  /** The protocol has no zoom of a browser's: the number is kept, the page is not drawn larger. */
  setZoomLevel(level: number): void {
    this.#zoomLevel = level;
  }

  /** Ends the page's process, as a fault of its would. */
  forcefullyCrashRenderer(): void {
    void this.#ready.then((page) => page.send('Page.crash')).catch(() => undefined);
  }

  /** Ends the page. @param ask - whether the page may prevent it by `beforeunload`. */
  async end(ask: boolean): Promise<void> {
    const page = await this.#ready;
    if (ask) await page.send('Page.close').catch(() => undefined);
    else
      await (
        await chromium()
      ).cdp.browser
        .send('Target.closeTarget', { targetId: this.targetId })
        .catch(() => undefined);
  }

  async #open(preferences: WebPreferences, size: { width: number; height: number }): Promise<CdpSession> {
    const { cdp } = await chromium();
    const browserContextId = await this.session.browserContext();
    const { targetId } = await cdp.browser.send('Target.createTarget', {
      url: 'about:blank',
      newWindow: true,
      width: size.width,
      height: size.height,
      ...(browserContextId === undefined ? {} : { browserContextId }),
    });
    this.targetId = targetId;
    this.session.own(targetId);
    const { sessionId } = await cdp.browser.send('Target.attachToTarget', { targetId, flatten: true });
    const page = cdp.session(sessionId);
    this.#watch(page);
    await this.session.applyPermissions(this);
    // A link with a target of its own does not pass by the page's `window.open`: what came is closed, and main is told of it.
    cdp.browser.on('Target.targetCreated', ({ targetInfo }) => {
      if (targetInfo.openerId !== targetId) return;
      this.askToOpen(targetInfo.url);
      void cdp.browser.send('Target.closeTarget', { targetId: targetInfo.targetId }).catch(() => undefined);
    });
    if (preferences.preload !== undefined) await this.#addPreload(page, preferences);
    const { frameTree } = await page.send('Page.getFrameTree');
    this.#main = this.#frame(frameTree.frame.id, null);
    await page.send('Page.enable');
    await page.send('Runtime.enable');
    await page.send('Inspector.enable');
    await page.send('Fetch.enable', { patterns: this.session.patterns() });
    return page;
  }

  async #addPreload(page: CdpSession, preferences: WebPreferences): Promise<void> {
    this.#hasPreload = true;
    const scripts = worldScripts(readFileSync(preferences.preload ?? '', 'utf8'), [
      'renderer',
      ...(preferences.additionalArguments ?? []),
    ]);
    await page.send('Runtime.addBinding', { name: toMain, executionContextName: preloadWorld });
    await page.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.main });
    await page.send('Page.addScriptToEvaluateOnNewDocument', {
      source: scripts.preload,
      worldName: preloadWorld,
    });
  }

  #watch(page: CdpSession): void {
    page.on('Page.frameNavigated', ({ frame }) => {
      this.#frame(frame.id, frame.parentId ?? null).url = fromBrowser(frame.url);
    });
    page.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      this.#frame(frameId, null).url = fromBrowser(url);
    });
    page.on('Page.domContentEventFired', () => this.emit('dom-ready', hostEvent({})));
    page.on('Page.loadEventFired', () => this.emit('did-finish-load', hostEvent({})));
    page.on('Page.javascriptDialogOpening', ({ type }) => {
      // Electron asks nobody: a page that holds on stays, unless main lets it go.
      const event = hostEvent({});
      if (type === 'beforeunload') this.emit('will-prevent-unload', event);
      void page
        .send('Page.handleJavaScriptDialog', { accept: event.defaultPrevented })
        .catch(() => undefined);
    });
    page.on('Runtime.executionContextCreated', ({ context }) => {
      const { frameId, type } = context.auxData as { frameId: string; type: string };
      this.#contexts.set(context.id, frameId);
      if (type === 'isolated' && context.name === preloadWorld && this.#frame(frameId, null).parent === null)
        this.#preloadContext = context.id;
    });
    page.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      this.#contexts.delete(executionContextId);
      if (this.#preloadContext === executionContextId) this.#preloadContext = null;
    });
    page.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      const frame = this.#frames.get(this.#contexts.get(executionContextId) ?? '') ?? null;
      if (name !== toMain) return;
      receiveFromPreload(codec.decode(payload), { sender: this.self, senderFrame: frame }, (answer) =>
        this.#toPreload(answer, executionContextId),
      );
    });
    page.on('Runtime.consoleAPICalled', ({ type, args, executionContextId }) => {
      const frame = this.#frames.get(this.#contexts.get(executionContextId) ?? '') ?? null;
      // Objects are told by their kind, as a console shows them at first.
      const message = (args as { value?: unknown; description?: string }[])
        .map(
          ({ value, description }) =>
            description ?? (typeof value === 'string' ? value : JSON.stringify(value)),
        )
        .join(' ');
      this.emit('console-message', hostEvent({ level: type, message, frame }));
    });
    page.on('Fetch.requestPaused', (paused) => void guardRequest(page, this, this.session, paused));
    page.on('Inspector.targetCrashed', () => {
      this.#preloadContext = null;
      this.emit('render-process-gone', hostEvent({}), { reason: 'crashed', exitCode: 5 });
    });
    page.once('gone', () => {
      this.#destroyed = true;
      this.emit('destroyed');
    });
  }

  #toPreload(message: object, contextId = this.#preloadContext): void {
    if (!this.#hasPreload) throw new NotInHostError('message to a page without a preload');
    const text = codec.encode(message);
    void this.#ready
      .then((page) =>
        // A page that is between two documents hears nothing, as in Electron.
        contextId === null
          ? null
          : page.send('Runtime.evaluate', { expression: `${toPreload}(${JSON.stringify(text)})`, contextId }),
      )
      .catch(() => undefined);
  }

  #frame(id: string, parentId: string | null): Frame {
    const known = this.#frames.get(id);
    if (known !== undefined) return known;
    const made = strict('frame', new Frame(parentId === null ? null : this.#frame(parentId, null)));
    this.#frames.set(id, made);
    return made;
  }
}
