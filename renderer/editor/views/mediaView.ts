import type { NodeViewRenderer } from '@tiptap/core';
import type { Node as ProseMirrorNode } from '@tiptap/pm/model';
import { editorText } from '../texts.ts';
import { formatBytes } from '../../i18n/index.ts';
import { drawIcon } from './icons.ts';
import { make, makeChrome, showBlockAttributes, type ViewContext } from './ViewContext.ts';

interface MediaAttributes {
  readonly attachmentId: string | null;
  readonly src?: string | null;
  readonly alt?: string | null;
  readonly name?: string;
  readonly mediaType?: string | null;
  readonly size?: number | null;
  readonly naturalWidth?: number | null;
  readonly naturalHeight?: number | null;
  readonly width?: number | null;
  readonly align?: string | null;
}

function drawImage(attributes: MediaAttributes, context: ViewContext): HTMLElement {
  if (attributes.attachmentId === null) {
    return missing(editorText(attributes.src ? 'image.external' : 'image.missing'));
  }
  const image = make('img', 'media-image');
  image.alt = attributes.alt ?? '';
  image.draggable = false;
  if (attributes.naturalWidth && attributes.naturalHeight) {
    image.width = attributes.naturalWidth;
    image.height = attributes.naturalHeight;
  }
  image.addEventListener('error', () => image.replaceWith(missing(editorText('image.missing'))), {
    once: true,
  });
  image.src = context.services.attachmentUrl(attributes.attachmentId);
  return image;
}

function missing(sentence: string): HTMLElement {
  const box = make('span', 'media-missing');
  box.append(drawIcon('photo', 20), make('span', '', sentence));
  return box;
}

function drawFile(attributes: MediaAttributes): HTMLElement {
  const card = make('span', 'media-file');
  const words = make('span', 'media-file-words');
  words.append(make('span', 'media-file-name', attributes.name || editorText('media.file')));
  if (attributes.size != null) words.append(make('span', 'media-file-size', formatBytes(attributes.size)));
  card.append(drawIcon('file', 22), words);
  return card;
}

function drawPlayer(kind: 'audio' | 'video', attributes: MediaAttributes, context: ViewContext): HTMLElement {
  if (attributes.attachmentId === null) return missing(editorText('media.unavailable'));
  const player = make(kind, `media-${kind}`);
  player.controls = true;
  player.preload = 'metadata';
  player.setAttribute('aria-label', attributes.name || editorText(`media.${kind}`));
  if (player instanceof HTMLVideoElement && attributes.naturalWidth && attributes.naturalHeight) {
    player.width = attributes.naturalWidth;
    player.height = attributes.naturalHeight;
  }
  player.src = context.services.attachmentUrl(attributes.attachmentId);
  return player;
}

const drawn = [
  'attachmentId',
  'src',
  'alt',
  'name',
  'mediaType',
  'size',
  'naturalWidth',
  'naturalHeight',
] as const;

function isDrawnAlike(a: ProseMirrorNode, b: ProseMirrorNode): boolean {
  return drawn.every((name) => a.attrs[name] === b.attrs[name]);
}

/** A picture, a document, a sound or a film, with its caption as text that several people can write. */
export function mediaView(
  kind: 'image' | 'file' | 'audio' | 'video',
  context: ViewContext,
): NodeViewRenderer {
  return ({ node, editor, getPos }) => {
    let current = node;
    const dom = make('figure', `media media-kind-${kind}`);
    const frame = makeChrome('div', 'media-frame');
    const contentDOM = make('div', 'media-captions');
    dom.append(frame, contentDOM);
    // A node with content is not selected by a click of its own: the caption would take it.
    frame.addEventListener('click', (event) => {
      const at = getPos();
      if (at === undefined || !editor.isEditable || event.target instanceof HTMLMediaElement) return;
      editor.chain().setNodeSelection(at).focus().run();
    });
    const draw = () => {
      const attributes = current.attrs as MediaAttributes;
      frame.replaceChildren(
        kind === 'image'
          ? drawImage(attributes, context)
          : kind === 'file'
            ? drawFile(attributes)
            : drawPlayer(kind, attributes, context),
      );
    };
    const show = () => {
      const { width, align, alt } = current.attrs as MediaAttributes;
      frame.style.width = width == null ? '' : `${width}%`;
      dom.dataset['align'] = align ?? 'center';
      dom.classList.toggle('has-no-alt', kind === 'image' && alt == null);
      frame.title = kind === 'image' && alt == null ? editorText('image.altMissing') : '';
      showBlockAttributes(dom, current);
    };
    draw();
    show();
    return {
      dom,
      contentDOM,
      update(next) {
        if (next.type !== current.type) return false;
        const isSame = isDrawnAlike(next, current);
        current = next;
        if (!isSame) draw();
        show();
        return true;
      },
      // The controls of a player are the reader's; everything else (a click selects, a drag moves) is the editor's.
      stopEvent: (event) => event.target instanceof HTMLMediaElement && !event.type.startsWith('drag'),
      ignoreMutation: (mutation) => mutation.type !== 'selection' && !contentDOM.contains(mutation.target),
    };
  };
}
