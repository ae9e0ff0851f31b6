import { Extension } from '@tiptap/core';
import type { Node, Schema } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import { absolutePositionToRelativePosition, relativePositionToAbsolutePosition } from '@tiptap/y-tiptap';
import type * as Y from 'yjs';
import { type Attachment, attachmentTypes } from '#shared/api/attachments.ts';
import { isFromDocument } from '#shared/document/localOnly.ts';
import { bindingOf } from '../collaboration/NoteBinding.ts';
import type { EditorServices } from '../EditorServices.ts';
import { editorText } from '../texts.ts';
import { formatBytes } from '../../i18n/index.ts';
import { make } from '../views/ViewContext.ts';

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    uploads: {
      /** Sends files to the relay and puts them in the note, at the caret or at a position. */
      uploadFiles: (files: readonly File[], at?: number) => ReturnType;
    };
  }
}

interface PendingSpec {
  readonly id: string;
  readonly element: HTMLElement;
  readonly relative: Y.RelativePosition | null;
}
type Change = { readonly add: PendingSpec; readonly at: number } | { readonly remove: string };

function drawAt(at: number, spec: PendingSpec): Decoration {
  return Decoration.widget(at, spec.element, { ...spec, side: 1, key: spec.id });
}

const uploadsKey = new PluginKey<DecorationSet>('uploads');
const allTypes = new Set<string>(Object.values(attachmentTypes).flat());

/** The node that holds an attachment. */
export function nodeForAttachment(schema: Schema, attachment: Attachment): Node | null {
  const { id, kind, name, type, bytes, width, height } = attachment;
  const size = { naturalWidth: width, naturalHeight: height };
  const file = { attachmentId: id, name: name.slice(0, 255), mediaType: type, size: bytes };
  const attributes =
    kind === 'image' ? { attachmentId: id, ...size } : kind === 'video' ? { ...file, ...size } : file;
  return schema.nodes[kind]?.create(attributes) ?? null;
}

function drawPending(
  name: string,
  cancel: () => void,
): { element: HTMLElement; show: (share: number) => void } {
  const element = make('div', 'upload-pending');
  element.contentEditable = 'false';
  const words = make('span', 'upload-words', editorText('upload.progress', { name }));
  const bar = make('progress', 'upload-bar');
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute('aria-label', editorText('upload.progress', { name }));
  const stop = make('button', 'upload-cancel', '×');
  stop.type = 'button';
  stop.setAttribute('aria-label', editorText('upload.cancel'));
  stop.addEventListener('click', cancel);
  element.append(words, bar, stop);
  return {
    element,
    show: (share) => {
      bar.value = share;
    },
  };
}

function placeOf(state: EditorState, id: string): number | null {
  const found = uploadsKey.getState(state)?.find(undefined, undefined, (spec) => spec['id'] === id);
  return found?.[0]?.from ?? null;
}

function codeOf(error: unknown): string | null {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : null;
}

function sentenceFor(file: File, error: unknown, maxBytes: number): string {
  const code = codeOf(error);
  const name = file.name;
  if (code === 'too_large') return editorText('upload.tooLarge', { name, limit: formatBytes(maxBytes) });
  if (code === 'quota_exceeded') return editorText('upload.noRoom', { name });
  if (code === 'type_not_supported') return editorText('upload.wrongType', { name });
  return editorText('upload.failed', { name });
}

/** Says why a file cannot be sent, before sending it; null when it can. */
export function refusalOf(file: File, maxBytes: number): 'too_large' | 'type_not_supported' | null {
  if (file.size > maxBytes) return 'too_large';
  // A type that the system does not tell is left to the relay, which looks at the bytes.
  return file.type !== '' && !allTypes.has(file.type) ? 'type_not_supported' : null;
}

/** The place for a block nearest to a position: between blocks, where one can stand. */
function blockPlace(doc: Node, at: number, node: Node): number {
  const $at = doc.resolve(Math.min(at, doc.content.size));
  for (let depth = $at.depth; depth >= 0; depth -= 1) {
    const parent = $at.node(depth);
    const place = depth === $at.depth ? $at.pos : $at.after(depth + 1);
    const index = depth === $at.depth ? $at.index(depth) : $at.indexAfter(depth);
    if (parent.canReplaceWith(index, index, node.type)) return place;
  }
  return doc.content.size;
}

async function send(view: EditorView, file: File, at: number, services: EditorServices): Promise<void> {
  const { attachments } = services;
  const refusal = refusalOf(file, attachments.maxBytes);
  if (refusal) {
    services.notify(sentenceFor(file, { code: refusal }, attachments.maxBytes), 'problem');
    return;
  }
  const id = `${Date.now()}-${Math.random()}`;
  const controller = new AbortController();
  const { element, show } = drawPending(file.name, () => controller.abort());
  const change = (meta: Change) =>
    view.dispatch(view.state.tr.setMeta(uploadsKey, meta).setMeta('addToHistory', false));
  change({ add: { id, element, relative: relativePlace(view.state, at) }, at });
  try {
    const attachment = await attachments.upload(file, show, controller.signal);
    if (view.isDestroyed) return;
    const node = nodeForAttachment(view.state.schema, attachment);
    const place = placeOf(view.state, id) ?? view.state.doc.content.size;
    const transaction = view.state.tr.setMeta(uploadsKey, { remove: id } satisfies Change);
    if (node) {
      const { $from } = view.state.selection;
      const $place = view.state.doc.resolve(place);
      // In an empty paragraph the picture takes its place.
      const isEmpty = $place.parent.type.name === 'paragraph' && $place.parent.content.size === 0;
      if (isEmpty && $place.parent !== $from.parent)
        transaction.replaceWith($place.before(), $place.after(), node);
      else transaction.insert(blockPlace(view.state.doc, place, node), node);
    }
    view.dispatch(transaction);
  } catch (error) {
    if (view.isDestroyed) return;
    change({ remove: id });
    if (!controller.signal.aborted)
      services.notify(sentenceFor(file, error, attachments.maxBytes), 'problem');
  }
}

/** Pictures and files by paste, drop and choice: sent to the relay, shown as they go, then put in the note. */
export const Uploads = Extension.create<{ services: EditorServices | null }>({
  name: 'uploads',
  addOptions() {
    return { services: null };
  },
  addCommands() {
    const { services } = this.options;
    return {
      uploadFiles:
        (files, at) =>
        ({ view, state, dispatch }) => {
          if (!services || files.length === 0) return false;
          if (dispatch) {
            // After the present transaction: each file begins with one of its own.
            const place = at ?? state.selection.to;
            queueMicrotask(() => {
              for (const file of files)
                void send(view, file, Math.min(place, view.state.doc.content.size), services);
            });
          }
          return true;
        },
    };
  },
  addProseMirrorPlugins() {
    const { services } = this.options;
    const start = (view: EditorView, files: readonly File[], at: number): boolean => {
      if (!services || files.length === 0) return false;
      for (const file of files) void send(view, file, at, services);
      return true;
    };
    return [
      new Plugin<DecorationSet>({
        key: uploadsKey,
        state: {
          init: () => DecorationSet.empty,
          apply(transaction, pending, _before, state) {
            let next = pending;
            if (transaction.docChanged) {
              next = isFromDocument(transaction)
                ? carry(pending, state)
                : pending.map(transaction.mapping, transaction.doc);
            }
            const change = transaction.getMeta(uploadsKey) as Change | undefined;
            if (change === undefined) return next;
            if ('add' in change) {
              return next.add(transaction.doc, [drawAt(change.at, change.add)]);
            }
            return next.remove(next.find(undefined, undefined, (spec) => spec['id'] === change.remove));
          },
        },
        props: {
          decorations: (state) => uploadsKey.getState(state),
          handlePaste(view, event) {
            const files = [...(event.clipboardData?.files ?? [])];
            // Word and spreadsheets put a picture of the text beside the text: the text is what is meant.
            const hasText =
              event.clipboardData?.types.includes('text/html') === true &&
              event.clipboardData.getData('text/plain').trim() !== '';
            return hasText ? false : start(view, files, view.state.selection.to);
          },
          handleDrop(view, event, _slice, isMove) {
            const files = [...(event.dataTransfer?.files ?? [])];
            if (isMove || files.length === 0) return false;
            event.preventDefault();
            const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos;
            return start(view, files, at ?? view.state.doc.content.size);
          },
        },
      }),
    ];
  },
});

function relativePlace(state: EditorState, at: number): Y.RelativePosition | null {
  const bound = bindingOf(state);
  return bound
    ? (absolutePositionToRelativePosition(at, bound.type, bound.mapping) as Y.RelativePosition)
    : null;
}

/** A remote change may write anew the block that a file goes into: its place is found again by Yjs's own positions. */
function carry(pending: DecorationSet, state: EditorState): DecorationSet {
  const bound = bindingOf(state);
  const end = state.doc.content.size;
  const decorations = pending.find().map((one) => {
    const { id, element, relative } = one.spec as PendingSpec;
    const at =
      bound && relative
        ? relativePositionToAbsolutePosition(bound.doc, bound.type, relative, bound.mapping)
        : one.from;
    return drawAt(Math.min(at ?? end, end), { id, element, relative });
  });
  return DecorationSet.create(state.doc, decorations);
}
