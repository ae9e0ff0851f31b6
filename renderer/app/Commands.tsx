import { useLocation, useNavigate, useParams } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useState } from 'react';
import { type CollectionKind, collectionKinds } from '#shared/domain/Collection.ts';
import type { MenuCommand } from '#shared/desktop/DesktopBridge.ts';
import { NewCollectionDialog } from '../features/collections/index.ts';
import { ImportDialog } from '../features/import/index.ts';
import { TemplateDialog, useCreateNote } from '../features/notes/index.ts';
import { platform, preferences, sendPageCommand } from '../platform/index.ts';
import { DropFiles } from './DropFiles.tsx';
import { FindInPage } from './find/FindInPage.tsx';
import { isTyping } from './isTyping.ts';
import type { PaletteCommand } from './Palette.tsx';
import { ShortcutList } from './ShortcutList.tsx';
import { useSentImport } from './useSentImport.ts';

const Palette = lazy(() =>
  import('./Palette.tsx').then(({ Palette: component }) => ({ default: component })),
);

/** The palette, as it closes, gives the focus back; what opens a panel waits for that, or it would lose it. */
const focusBackMs = 50;

/** Acts that belong to no page: the palette, the list of shortcuts, a new note, and those of the desktop's menu. */
export function Commands({ children }: { readonly children: ReactNode }) {
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  // Once opened, the palette stays loaded.
  const [wasPaletteOpened, setPaletteOpened] = useState(false);
  const [isListOpen, setListOpen] = useState(false);
  const [made, setMade] = useState<CollectionKind | null>(null);
  const navigate = useNavigate();
  const { noteId } = useParams({ strict: false });
  const path = useLocation({ select: ({ pathname }) => pathname });
  const isHistory = path.endsWith('/history');
  const [areTemplatesOpen, setTemplates] = useState(false);
  const [isImporting, setImporting] = useState(false);
  const [dropped, setDropped] = useState<readonly File[] | null>(null);
  /** How many times it was asked for since it was opened; null while it is closed. */
  const [find, setFind] = useState<number | null>(null);
  const [sent, setSent] = useSentImport();
  const { mutate: createNote } = useCreateNote();

  const run = useCallback(
    (command: MenuCommand | PaletteCommand | 'toggle_details'): void => {
      switch (command) {
        case 'new_note':
          createNote({});
          break;
        case 'new_term':
          createNote({ kind: 'term' });
          break;
        case 'new_organisation':
          createNote({ kind: 'organisation' });
          break;
        case 'new_from_template':
          setTemplates(true);
          break;
        case 'new_carnet':
          setMade('carnet');
          break;
        case 'new_base':
          setMade('base');
          break;
        case 'import':
          setImporting(true);
          break;
        case 'palette':
          setPaletteOpened(true);
          setPaletteOpen(true);
          break;
        case 'settings':
          void navigate({ to: '/settings' });
          break;
        case 'back_up':
          void navigate({ to: '/settings', hash: 'backups' });
          break;
        case 'restore_backup':
          void navigate({ to: '/settings', hash: 'restore-backup' });
          break;
        case 'home':
          void navigate({ to: '/' });
          break;
        case 'lexicon':
          void navigate({ to: '/', search: { kind: 'term' } });
          break;
        case 'organisations':
          void navigate({ to: '/', search: { kind: 'organisation' } });
          break;
        case 'trash':
          void navigate({ to: '/trash' });
          break;
        case 'light':
        case 'dark':
          preferences.set({ theme: command });
          break;
        case 'shortcuts':
          setListOpen(true);
          break;
        case 'toggle_sidebar':
          preferences.set({ sidebar: !preferences.get().sidebar });
          break;
        case 'toggle_details':
          preferences.set({ details: !preferences.get().details });
          break;
        case 'timeline':
        case 'search_past':
          if (noteId !== undefined)
            void navigate({
              to: '/notes/$noteId/history',
              params: { noteId },
              search: { view: 'time', ...(command === 'search_past' && { past: '' }) },
            });
          break;
        case 'who':
          // The page of a note knows which words are chosen in it; its history has none.
          if (isHistory && noteId !== undefined)
            void navigate({ to: '/notes/$noteId/history', params: { noteId }, search: { view: 'authors' } });
          else setTimeout(() => sendPageCommand('who'), focusBackMs);
          break;
        case 'find':
          // Where a note is being written its editor has a search of its own, which replaces too.
          if (!sendPageCommand('find')) setFind((before) => (before ?? 0) + 1);
          break;
        case 'export_pdf':
          sendPageCommand(command);
          break;
      }
    },
    [createNote, navigate, noteId, isHistory],
  );

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const mod = (event.ctrlKey || event.metaKey) && !event.altKey;
      if (mod && !event.shiftKey && event.key.toLowerCase() === 'k') {
        // In the editor the same keys make a link when text is selected; the editor prevents the default then.
        event.preventDefault();
        run('palette');
      } else if (event.key === '?' && !mod && !isTyping(event.target)) {
        event.preventDefault();
        run('shortcuts');
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [run]);

  useEffect(() => platform.onMenuCommand(run), [run]);
  useEffect(() => setFind(null), [path]);

  return (
    <>
      {children}
      {find !== null && <FindInPage root={document.body} asked={find} onClose={() => setFind(null)} />}
      {wasPaletteOpened && (
        <Suspense fallback={null}>
          <Palette opened={isPaletteOpen} onClose={() => setPaletteOpen(false)} run={run} />
        </Suspense>
      )}
      <TemplateDialog opened={areTemplatesOpen} onClose={() => setTemplates(false)} />
      <DropFiles onFiles={setDropped} />
      <ImportDialog
        opened={isImporting || dropped !== null || sent !== null}
        dropped={dropped ?? []}
        sent={sent}
        onClose={() => {
          setImporting(false);
          setDropped(null);
          setSent(null);
        }}
      />
      <ShortcutList opened={isListOpen} onClose={() => setListOpen(false)} />
      {collectionKinds.map((kind) => (
        <NewCollectionDialog key={kind} kind={kind} opened={made === kind} onClose={() => setMade(null)} />
      ))}
    </>
  );
}
