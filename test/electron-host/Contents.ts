import type { Frame } from './Frame.ts';

/** A page, as the parts of the host around it need it. */
export interface Contents {
  readonly id: number;
  /** The page's target in the browser; null until it is made. */
  readonly targetId: string | null;
  readonly mainFrame: Frame;
  getURL(): string;
  emit(event: string, ...args: unknown[]): boolean;
  /** A page would open a window: main is asked. */
  askToOpen(url: string): void;
}
