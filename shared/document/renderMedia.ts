import { allows, httpsAddress } from './attributes.ts';
import { attributeNumber, attributeText } from './bodyAccess.ts';
import { escapeHtml, htmlAttributes } from './escapeHtml.ts';
import { imageAlignments } from './vocabulary.ts';
import type { BodyNode } from './noteContent.ts';
import type { BodyWriter } from './renderOptions.ts';

function captions(node: BodyNode, renderer: BodyWriter): string {
  return (node.content ?? [])
    .map((child) => (child.type === 'figureCaption' ? renderer.caption(child, node) : ''))
    .join('');
}

/** Addresses of our own attachments are made by the caller (`./…` beside a page that is a file); only their form is checked. */
function isShownAddress(url: string): boolean {
  return /^(\.\/|https?:\/\/|\/(?![/\\])|blob:|data:image\/(jpeg|png|gif|webp|avif);base64,)/i.test(url);
}

function attachmentAddress(id: string | null, renderer: BodyWriter): string | null {
  const url = id === null ? null : (renderer.options.attachmentUrl?.(id) ?? null);
  return url !== null && isShownAddress(url) ? url : null;
}

function imageAddress(node: BodyNode, renderer: BodyWriter): string | null {
  const own = attachmentAddress(attributeText(node, 'attachmentId'), renderer);
  if (own !== null) return own;
  const remote = attributeText(node, 'src');
  return renderer.options.remoteImages === true && remote !== null && allows(httpsAddress, remote)
    ? remote
    : null;
}

function layoutClass(node: BodyNode, name: string): string {
  const align = imageAlignments.find((one) => one === node.attrs?.['align']);
  return align ? `${name} align-${align}` : name;
}

function renderImage(node: BodyNode, renderer: BodyWriter): string {
  const url = imageAddress(node, renderer);
  const alt = attributeText(node, 'alt') ?? '';
  const share = attributeNumber(node, 'width');
  const inside =
    url === null
      ? `<p class="missing-media">${escapeHtml(alt || renderer.labels.missingImage)}</p>`
      : `<img${htmlAttributes({
          src: url,
          alt,
          // A share as an attribute and not as a style: pages with a content security policy show this HTML too.
          width:
            share === null ? attributeNumber(node, 'naturalWidth') : `${Math.min(100, Math.max(5, share))}%`,
          height: share === null ? attributeNumber(node, 'naturalHeight') : null,
        })}>`;
  return `<figure${renderer.common(node, layoutClass(node, 'image'))}>${inside}${captions(node, renderer)}</figure>`;
}

/** Draws a picture, a file, a sound or a film with its caption. */
export function renderMedia(node: BodyNode, renderer: BodyWriter): string {
  if (node.type === 'image') return renderImage(node, renderer);
  const url = attachmentAddress(attributeText(node, 'attachmentId'), renderer);
  const name = escapeHtml(attributeText(node, 'name') ?? '');
  let inside = `<p class="file-name">${url === null ? name : `<a${htmlAttributes({ href: url, download: '' })}>${name}</a>`}</p>`;
  if (url !== null && node.type === 'audio')
    inside = `<audio${htmlAttributes({ src: url, controls: '' })}>${name}</audio>`;
  if (url !== null && node.type === 'video') {
    const poster = attachmentAddress(attributeText(node, 'posterId'), renderer);
    inside = `<video${htmlAttributes({ src: url, controls: '', poster })}>${name}</video>`;
  }
  return `<figure${renderer.common(node, layoutClass(node, `media ${node.type}`))}>${inside}${captions(node, renderer)}</figure>`;
}
