import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '../../api/index.ts';
import { IconButton, NavList, navStyles } from '../../ui/index.ts';
import { NewCarnetDialog } from './NewCarnetDialog.tsx';

/** The carnets in the navigation, with how many notes each holds. */
export function CarnetNav() {
  const { t } = useTranslation();
  const [isCreating, setCreating] = useState(false);
  const list = useQuery(queries.carnetList());
  const carnets = list.data?.carnets ?? [];
  return (
    <>
      <NavList
        title={t('carnets.title')}
        isLoading={list.isPending}
        loadingLabel={t('app.loading')}
        act={
          <IconButton label={t('carnets.new')} size={28} onClick={() => setCreating(true)}>
            <IconPlus size={16} stroke={1.8} />
          </IconButton>
        }
      >
        {carnets.length === 0 && <li className={navStyles.none}>{t('carnets.none')}</li>}
        {carnets.map((carnet) => (
          <li key={carnet.id}>
            <Link to="/carnets/$carnetId" params={{ carnetId: carnet.id }} className={navStyles.item}>
              <span className={navStyles.name}>{carnet.title || t('app.untitled')}</span>
              <span className={navStyles.count} aria-hidden="true">
                {carnet.noteCount}
              </span>
              <span className="visually-hidden">{t('notes.count', { count: carnet.noteCount })}</span>
            </Link>
          </li>
        ))}
      </NavList>
      <NewCarnetDialog opened={isCreating} onClose={() => setCreating(false)} />
    </>
  );
}
