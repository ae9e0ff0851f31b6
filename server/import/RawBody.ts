import type { BodyNode } from '#shared/document/noteContent.ts';

/**
 * A body as it was read, before it is known where its addresses lead: a text of a link has the mark `rawLink` { href, link } (`link` counts the links of the page), a picture is
 * `rawMedia` { tag, src, alt, name, width, label } with its caption in it.
 */
export interface RawBody {
  readonly body: BodyNode;
  /** What carries a label: its text by its label. */
  readonly labels: Readonly<Record<string, string>>;
}
