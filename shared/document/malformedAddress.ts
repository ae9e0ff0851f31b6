import { readEmail } from '../domain/contact.ts';
import { forEachNode } from './extractText.ts';
import type { BodyNode } from './noteContent.ts';
import { safeHref } from './safeHref.ts';

/** Of one note; what is beyond is found once these are repaired. */
const maxFound = 50;
const maxShownLength = 300;

/** A name of a computer on the web: words with dots between them, the last of them no number. */
const hostName = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:xn--[a-z0-9-]+|[a-z]{2,63})$/;
const ipAddress = /^(?:\d{1,3}\.){3}\d{1,3}$|^\[[0-9a-f:.]+\]$/;

/**
 * Whether an address leads nowhere as it is written: it may not become a link, or names no site (« https://exemple », « https://https://exemple.org ») or no mailbox.
 * Whether somebody answers there is not asked.
 */
export function isMalformedAddress(href: unknown): boolean {
  const address = safeHref(href);
  if (address === null || address === '#') return true;
  if (/^mailto:/i.test(address)) {
    const boxes = decodeURIComponentSafely(address.slice('mailto:'.length).split('?')[0] ?? '').split(',');
    return boxes.some((box) => readEmail(box.trim()) === null);
  }
  if (!/^https?:/i.test(address)) return false;
  if (!URL.canParse(address)) return true;
  const { hostname, pathname } = new URL(address);
  const isSite = hostName.test(hostname) || ipAddress.test(hostname) || hostname === 'localhost';
  return !isSite || (/^https?$/.test(hostname.split('.')[0] ?? '') && pathname.startsWith('//'));
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What a link of a text says that it leads to; empty where it says nothing. */
export function addressOfMark(attrs: { readonly [name: string]: unknown } | undefined): string {
  const href = attrs?.['href'];
  return typeof href === 'string' ? href : '';
}

/** The malformed addresses of the links of a body, each once, in order. */
export function extractMalformedAddresses(body: BodyNode): string[] {
  const found = new Set<string>();
  forEachNode(body, (node) => {
    for (const mark of node.marks ?? []) {
      if (mark.type !== 'link' || found.size >= maxFound) continue;
      const href = addressOfMark(mark.attrs);
      if (href.length <= maxShownLength && isMalformedAddress(href)) found.add(href);
    }
  });
  return [...found];
}
