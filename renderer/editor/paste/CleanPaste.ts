import { Extension } from '@tiptap/core';
import { DOMParser, type ParseOptions, type Schema, type Slice } from '@tiptap/pm/model';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import type { EditorServices } from '../EditorServices.ts';
import { editorText } from '../texts.ts';
import { cleanPastedDom, type PasteReport } from './cleanPastedDom.ts';

/**
 * Reads pasted HTML after cleaning it. Standing in for ProseMirror's own parser, it gets elements that ProseMirror made
 * under its trusted types policy, so that no HTML string passes here.
 */
export class CleaningParser extends DOMParser {
  readonly #report: (report: PasteReport) => void;

  constructor(schema: Schema, report: (report: PasteReport) => void) {
    const { rules } = DOMParser.fromSchema(schema);
    super(schema, rules);
    this.#report = report;
  }

  override parseSlice(dom: Node, options?: ParseOptions): Slice {
    if (dom instanceof Element) this.#report(cleanPastedDom(dom));
    return super.parseSlice(dom, options);
  }
}

/** Reads a `data:` picture as a file. Null when it is not well formed. */
export function fileFromDataUrl(address: string, name: string): File | null {
  const match = /^data:(image\/[a-z]+);base64,([A-Za-z0-9+/=\s]+)$/i.exec(address);
  if (!match) return null;
  try {
    const bytes = Uint8Array.from(atob((match[2] ?? '').replace(/\s/g, '')), (character) =>
      character.charCodeAt(0),
    );
    const type = (match[1] ?? 'image/png').toLowerCase();
    return new File([bytes], `${name}.${type.split('/')[1] ?? 'png'}`, { type });
  } catch {
    return null;
  }
}

/** Paste from elsewhere. */
export const CleanPaste = Extension.create<{ services: EditorServices | null }>({
  name: 'cleanPaste',
  addOptions() {
    return { services: null };
  },
  addProseMirrorPlugins() {
    const { editor } = this;
    const { services } = this.options;
    const report = ({ remoteImages, inlineImages }: PasteReport) => {
      const files = inlineImages.flatMap((address, at) => fileFromDataUrl(address, `image-${at + 1}`) ?? []);
      // After the paste itself.
      if (files.length > 0) queueMicrotask(() => editor.commands.uploadFiles(files));
      if (remoteImages > 0)
        services?.notify(editorText('upload.remoteImages', { count: remoteImages }), 'info');
    };
    return [
      new Plugin({
        key: new PluginKey('cleanPaste'),
        props: { clipboardParser: new CleaningParser(editor.schema, report) },
      }),
    ];
  },
});
