/** A page of a PDF to draw. */
export interface PageQuestion {
  /** What the PDF is known by. */
  readonly key: string;
  /** The PDF; left out where the worker may have it still. */
  readonly pdf?: Uint8Array;
  /** From 1. */
  readonly page: number;
  /** Of the picture, in pixels. */
  readonly width: number;
}

/** `unread`: the worker does not have the PDF. `absent`: it has no such page. */
export type PageReply =
  | { readonly kind: 'drawn'; readonly png: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'unread' | 'absent' }
  | { readonly kind: 'failed'; readonly reason: string };
