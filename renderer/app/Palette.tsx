import '@mantine/spotlight/styles.layer.css';
import { createSpotlight, Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import {
  IconBook2,
  IconBookmark,
  IconBooks,
  IconBookmarks,
  IconBuildingCommunity,
  IconFileImport,
  IconFilePlus,
  IconFileText,
  IconHistory,
  IconKeyboard,
  IconLayoutSidebar,
  IconMoon,
  IconNotebook,
  IconSearch,
  IconSettings,
  IconStack2,
  IconTemplate,
  IconSun,
  IconTrash,
  IconUserQuestion,
  IconZoomScan,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CollectionSummary } from '#shared/api/collections.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { canSeeNoteHistory } from '#shared/permissions/permissions.ts';
import { queries } from '../api/index.ts';
import { plainSearch } from './plainSearch.ts';

/** What the palette may ask for. */
export type PaletteCommand =
  | 'new_note'
  | 'new_term'
  | 'new_organisation'
  | 'new_from_template'
  | 'new_carnet'
  | 'new_base'
  | 'import'
  | 'settings'
  | 'home'
  | 'lexicon'
  | 'organisations'
  | 'trash'
  | 'light'
  | 'dark'
  | 'shortcuts'
  | 'toggle_sidebar'
  | NoteHistoryCommand;

/** Of the note whose page, or history, is shown: for who may see its history. */
export type NoteHistoryCommand = 'timeline' | 'search_past' | 'who';

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly run: (command: PaletteCommand) => void;
}

const [store, spotlight] = createSpotlight();
const icon = { size: 18, stroke: 1.6 };

/** Chooses the first line, as the arrows would: Spotlight keeps its choice on the elements. */
function selectFirst(): void {
  const list = document.getElementById(store.getState().listId);
  list?.querySelector('[data-selected]')?.removeAttribute('data-selected');
  const first = list?.querySelector('[data-action]');
  first?.setAttribute('data-selected', 'true');
  store.updateState((state) => ({ ...state, selected: first == null ? -1 : 0 }));
}

/** Lines have come, or gone: who went down to one of them stays on it. */
function selectAgain(): void {
  const list = document.getElementById(store.getState().listId);
  const lines = [...(list?.querySelectorAll('[data-action]') ?? [])];
  const at = lines.findIndex((line) => line.hasAttribute('data-selected'));
  if (at === -1 || store.getState().selected <= 0) selectFirst();
  else store.updateState((state) => ({ ...state, selected: at }));
}

interface PaletteAct {
  readonly id: PaletteCommand;
  readonly label: string;
  readonly icon: React.ReactNode;
  readonly keys?: string;
}

/** The acts on the past of the note that is shown; none where none is, or where the person may not see it. */
function useHistoryActs(opened: boolean): readonly PaletteAct[] {
  const { t } = useTranslation();
  const { noteId } = useParams({ strict: false });
  const known = useQuery({
    ...queries.note((noteId ?? '') as NoteId),
    enabled: opened && noteId !== undefined,
  });
  if (noteId === undefined || known.data === undefined || !canSeeNoteHistory(known.data.role)) return [];
  return [
    { id: 'timeline', label: t('versions.timeline.title'), icon: <IconHistory {...icon} /> },
    { id: 'search_past', label: t('versions.past.label'), icon: <IconZoomScan {...icon} /> },
    { id: 'who', label: t('versions.who.title'), icon: <IconUserQuestion {...icon} /> },
  ];
}

/** Everything by its name: notes, carnets, acts. */
export function Palette({ opened, onClose, run }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const [searched] = useDebouncedValue(query.trim(), 120);
  const found = useQuery({ ...queries.search(searched, 12), placeholderData: (before) => before });
  const recent = useQuery({ ...queries.recentNotes(), enabled: opened });
  const carnets = useQuery({ ...queries.collectionList('carnet'), enabled: opened });
  const bases = useQuery({ ...queries.collectionList('base'), enabled: opened });

  const ofNote = useHistoryActs(opened);
  const acts: PaletteAct[] = [
    ...ofNote,
    { id: 'new_note', label: t('notes.newOfKind.note'), icon: <IconFilePlus {...icon} /> },
    { id: 'new_term', label: t('notes.newOfKind.term'), icon: <IconBookmark {...icon} /> },
    {
      id: 'new_organisation',
      label: t('notes.newOfKind.organisation'),
      icon: <IconBuildingCommunity {...icon} />,
    },
    { id: 'new_from_template', label: t('notes.templates.new'), icon: <IconTemplate {...icon} /> },
    { id: 'new_carnet', label: t('carnets.new'), icon: <IconNotebook {...icon} /> },
    { id: 'new_base', label: t('bases.new'), icon: <IconBooks {...icon} /> },
    { id: 'import', label: t('imports.title'), icon: <IconFileImport {...icon} /> },
    { id: 'home', label: t('notes.all'), icon: <IconStack2 {...icon} /> },
    { id: 'lexicon', label: t('notes.kinds.ofKind.term'), icon: <IconBookmarks {...icon} /> },
    {
      id: 'organisations',
      label: t('notes.kinds.ofKind.organisation'),
      icon: <IconBuildingCommunity {...icon} />,
    },
    { id: 'settings', label: t('share.settings.title'), icon: <IconSettings {...icon} /> },
    { id: 'trash', label: t('share.trash.title'), icon: <IconTrash {...icon} /> },
    {
      id: 'light',
      label: `${t('share.settings.theme')} – ${t('share.settings.themes.light')}`,
      icon: <IconSun {...icon} />,
    },
    {
      id: 'dark',
      label: `${t('share.settings.theme')} – ${t('share.settings.themes.dark')}`,
      icon: <IconMoon {...icon} />,
    },
    { id: 'toggle_sidebar', label: t('app.shortcuts.sidebar'), icon: <IconLayoutSidebar {...icon} /> },
    { id: 'shortcuts', label: t('app.shortcuts.title'), icon: <IconKeyboard {...icon} />, keys: '?' },
  ];
  const isSearching = query.trim() !== '';
  const noteLines = isSearching
    ? (found.data?.notes ?? [])
    : (recent.data?.notes ?? []).map((note) => ({ ...note, snippet: '' }));
  const linesOf = (all: readonly CollectionSummary[] = []): readonly CollectionSummary[] =>
    isSearching ? all.filter(({ title }) => plainSearch(title, query)).slice(0, 6) : all.slice(0, 4);
  const groups: SpotlightActionGroupData[] = [
    {
      group: t('app.palette.notes'),
      actions: noteLines.slice(0, 8).map((note) => ({
        id: note.id,
        label: note.title || t('app.untitled'),
        leftSection: <IconFileText {...icon} />,
        ...(note.snippet === '' ? {} : { description: note.snippet.replaceAll(/[\u0001\u0002]/g, '') }),
        onClick: () => void navigate({ to: '/notes/$noteId', params: { noteId: note.id } }),
      })),
    },
    {
      group: t('app.palette.carnets'),
      actions: linesOf(carnets.data).map(({ id, title }) => ({
        id,
        label: title || t('app.untitled'),
        leftSection: <IconBook2 {...icon} />,
        onClick: () => void navigate({ to: '/carnets/$carnetId', params: { carnetId: id } }),
      })),
    },
    {
      group: t('app.palette.bases'),
      actions: linesOf(bases.data).map(({ id, title }) => ({
        id,
        label: title || t('app.untitled'),
        leftSection: <IconBooks {...icon} />,
        onClick: () => void navigate({ to: '/bases/$baseId', params: { baseId: id } }),
      })),
    },
    {
      group: t('app.palette.acts'),
      actions: acts
        .filter((act) => !isSearching || plainSearch(act.label, query))
        .map((act) => ({
          id: act.id,
          label: act.label,
          leftSection: act.icon,
          ...(act.keys === undefined ? {} : { rightSection: <kbd>{act.keys}</kbd> }),
          onClick: () => run(act.id),
        })),
    },
  ].filter((group) => group.actions.length > 0);

  useEffect(() => {
    if (opened) spotlight.open();
    else spotlight.close();
  }, [opened]);

  // With other words Enter opens what is seen first, also when it comes after them.
  useEffect(() => {
    if (isSearching) selectFirst();
  }, [isSearching, query]);
  const shown = groups.flatMap((group) => group.actions.map((action) => action.id)).join(' ');
  useEffect(() => {
    if (isSearching) selectAgain();
  }, [isSearching, shown]);

  return (
    <Spotlight
      store={store}
      attributes={{ content: { 'aria-label': t('app.palette.label') } }}
      shortcut={null}
      actions={groups}
      filter={(_, all) => all}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={onClose}
      clearQueryOnClose
      nothingFound={found.isFetching ? t('app.loading') : t('app.palette.nothing')}
      scrollable
      maxHeight={420}
      size={600}
      overlayProps={{ color: 'var(--backdrop)', backgroundOpacity: 1, blur: 0 }}
      radius="md"
      searchProps={{
        leftSection: <IconSearch {...icon} />,
        placeholder: t('app.palette.placeholder'),
        'aria-label': t('app.palette.label'),
      }}
    />
  );
}
