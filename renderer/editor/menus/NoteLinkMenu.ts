import { type Editor, Extension, type Range } from '@tiptap/core';
import type { ResolvedPos } from '@tiptap/pm/model';
import { PluginKey } from '@tiptap/pm/state';
import { Suggestion, type SuggestionProps } from '@tiptap/suggestion';
import { isFromDocument } from '#shared/document/localOnly.ts';
import { plainForm } from '../blocks/insertables.ts';
import type { EditorServices } from '../EditorServices.ts';
import { noteTitlesOf } from '../NoteTitles.ts';
import { editorText } from '../texts.ts';
import type { SuggestionItem, SuggestionStore } from './SuggestionStore.ts';

const noteLinkKey = new PluginKey('noteLinkMenu');

type Choice =
  | { readonly id: string; readonly title: string }
  | { readonly create: string }
  | { readonly failed: true };

/** `[[` and what follows it up to the caret; titles have spaces. */
function findOpenLink({ $position }: { $position: ResolvedPos }) {
  const before = $position.parent.textBetween(
    Math.max(0, $position.parentOffset - 120),
    $position.parentOffset,
    '\n',
    '\ufffc',
  );
  const match = /\[\[([^[\]\n\ufffc]*)$/u.exec(before);
  if (!match) return null;
  const from = $position.pos - match[0].length;
  return { range: { from, to: $position.pos }, query: match[1] ?? '', text: match[0] };
}

async function choose(editor: Editor, range: Range, choice: Choice, services: EditorServices): Promise<void> {
  if ('failed' in choice) return;
  const titles = noteTitlesOf(services);
  if ('id' in choice) {
    titles.learn(choice.id, choice.title);
    insertLink(editor, range, choice.id);
    return;
  }
  // The words stay until the note exists: nothing is lost when it cannot be made.
  try {
    const id = await services.createNote(choice.create);
    titles.learn(id, choice.create);
    const open = findOpenLink({ $position: editor.state.selection.$from });
    insertLink(editor, open?.range ?? range, id);
  } catch {
    services.notify(editorText('noteLink.failed'), 'problem');
  }
}

function insertLink(editor: Editor, range: Range, noteId: string): void {
  if (editor.isDestroyed) return;
  editor
    .chain()
    .focus()
    .insertContentAt(range, [{ type: 'noteLink', attrs: { noteId } }])
    .run();
}

/** Opens the search for a note when `[[` is typed. */
export const NoteLinkMenu = Extension.create<{
  store: SuggestionStore | null;
  services: EditorServices | null;
}>({
  name: 'noteLinkMenu',
  addOptions() {
    return { store: null, services: null };
  },
  addProseMirrorPlugins() {
    const { store, services } = this.options;
    if (!store || !services) return [];
    const show = (props: SuggestionProps<Choice, Choice>) => {
      const failed = props.items.some((one) => 'failed' in one);
      const items: SuggestionItem[] = props.items.flatMap((choice) =>
        'failed' in choice
          ? []
          : [
              'id' in choice
                ? {
                    id: choice.id,
                    label: choice.title || editorText('noteLink.untitled'),
                    choose: () => props.command(choice),
                  }
                : {
                    id: 'create',
                    label: editorText('noteLink.create', { title: choice.create }),
                    choose: () => props.command(choice),
                  },
            ],
      );
      const message = failed
        ? editorText('noteLink.failed')
        : items.length > 0
          ? null
          : editorText(
              props.loading
                ? 'noteLink.searching'
                : props.query.trim() === ''
                  ? 'noteLink.hint'
                  : 'noteLink.none',
            );
      store.show({ kind: 'noteLink', items, message, rect: () => props.clientRect?.() ?? null });
    };
    return [
      Suggestion<Choice, Choice>({
        editor: this.editor,
        pluginKey: noteLinkKey,
        char: '[[',
        debounce: 120,
        findSuggestionMatch: findOpenLink,
        shouldShow: ({ transaction }) => !isFromDocument(transaction),
        allow: ({ state, range }) => state.doc.resolve(range.from).parent.type.spec.code !== true,
        items: async ({ query, signal }) => {
          const wanted = query.trim();
          try {
            const found = await services.searchNotes(wanted, signal);
            const notes: Choice[] = found.slice(0, 8).map(({ id, title }) => ({ id, title }));
            const exists = found.some(({ title }) => plainForm(title) === plainForm(wanted));
            return wanted === '' || exists ? notes : [...notes, { create: wanted }];
          } catch {
            return signal.aborted ? [] : [{ failed: true }];
          }
        },
        command: ({ editor, range, props }) => void choose(editor, range, props, services),
        render: () => ({
          onStart: show,
          onUpdate: show,
          onExit: () => store.hide(),
          onKeyDown: ({ event }) => store.onKey(event),
        }),
      }),
    ];
  },
});
