/** A frame of a page, as `WebFrameMain` is to Electron: the checks of a caller need its address and whether it is the page's own. */
export class Frame {
  /** As main knows it: `app://bundle/…`. */
  url = 'about:blank';
  readonly parent: Frame | null;

  constructor(parent: Frame | null) {
    this.parent = parent;
  }

  get origin(): string {
    const url = URL.parse(this.url);
    return url === null ? 'null' : `${url.protocol}//${url.host}`;
  }
}
