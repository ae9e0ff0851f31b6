import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { queries } from '../../api/index.ts';
import { NavList, navStyles } from '../../ui/index.ts';

const shown = 8;

/** The notes changed last, in the navigation. */
export function RecentNotes() {
  const { t } = useTranslation();
  const recent = useQuery(queries.recentNotes());
  const notes = recent.data?.notes ?? [];
  if (recent.data !== undefined && notes.length === 0) return null;
  return (
    <NavList title={t('notes.recent')} isLoading={recent.isPending} loadingLabel={t('app.loading')}>
      {notes.slice(0, shown).map((note) => (
        <li key={note.id}>
          <Link
            to="/notes/$noteId"
            params={{ noteId: note.id }}
            className={navStyles.item}
            activeOptions={{ exact: false }}
          >
            <span className={navStyles.name}>{note.title || t('app.untitled')}</span>
          </Link>
        </li>
      ))}
    </NavList>
  );
}
