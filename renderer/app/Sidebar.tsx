import { Menu } from '@mantine/core';
import {
  IconChevronDown,
  IconFileImport,
  IconFilePlus,
  IconLayoutSidebar,
  IconSettings,
  IconStack2,
  IconTemplate,
  IconTrash,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '#shared/api/session.ts';
import { queries } from '../api/index.ts';
import { BackupLine } from '../features/backups/index.ts';
import { CollectionNav } from '../features/collections/index.ts';
import { CommunityNav } from '../features/communities/index.ts';
import { HomeNav } from '../features/homes/index.ts';
import { ImportDialog } from '../features/import/index.ts';
import { NoticesLink } from '../features/notices/index.ts';
import { kindIcons, RecentNotes, TemplateDialog, useCreateNote } from '../features/notes/index.ts';
import { SearchBox } from '../features/search/index.ts';
import { IconButton, PersonMark, useShell } from '../ui/index.ts';
import { KeptLine } from './KeptLine.tsx';
import { modKey } from './modKey.ts';
import styles from './Sidebar.module.css';

/** The navigation: search, new note, carnets, recent notes, trash, and who is here. */
export function Sidebar({ person }: { readonly person: NonNullable<Session['person']> }) {
  const { t } = useTranslation();
  const shell = useShell();
  const createNote = useCreateNote();
  const [areTemplatesOpen, setTemplates] = useState(false);
  const [isImporting, setImporting] = useState(false);
  const carnets = useQuery(queries.collectionList('carnet'));
  const bases = useQuery(queries.collectionList('base'));
  const communities = useQuery(queries.communities());
  return (
    <div className={styles.sidebar}>
      <div className={styles.top}>
        <Link to="/" className={styles.brand}>
          {t('app.name')}
        </Link>
        <IconButton label={t('app.hideSidebar')} shortcut={`${modKey}+\\`} onClick={shell.toggleSidebar}>
          <IconLayoutSidebar size={18} stroke={1.6} />
        </IconButton>
      </div>
      <SearchBox>
        <div className={styles.acts}>
          <div className={styles.create}>
            <button
              type="button"
              className={styles.new}
              onClick={() => createNote.mutate({})}
              disabled={createNote.isPending}
            >
              <IconFilePlus size={18} stroke={1.7} aria-hidden="true" />
              {t('notes.newOfKind.note')}
            </button>
            <Menu position="bottom-end">
              <Menu.Target>
                <IconButton label={t('notes.otherKinds')} size={34} disabled={createNote.isPending}>
                  <IconChevronDown size={16} stroke={1.7} />
                </IconButton>
              </Menu.Target>
              <Menu.Dropdown>
                {(['term', 'organisation'] as const).map((kind) => {
                  const Icon = kindIcons[kind];
                  return (
                    <Menu.Item
                      key={kind}
                      maw={300}
                      leftSection={<Icon size={17} stroke={1.6} />}
                      onClick={() => createNote.mutate({ kind })}
                    >
                      {t(`notes.newOfKind.${kind}`)}
                      <div className={styles.hint}>{t(`notes.kinds.${kind}`)}</div>
                    </Menu.Item>
                  );
                })}
                <Menu.Divider />
                <Menu.Item
                  maw={300}
                  leftSection={<IconTemplate size={17} stroke={1.6} />}
                  onClick={() => setTemplates(true)}
                >
                  {t('notes.templates.new')}
                  <div className={styles.hint}>{t('notes.templates.newHint')}</div>
                </Menu.Item>
                <Menu.Item
                  maw={300}
                  leftSection={<IconFileImport size={17} stroke={1.6} />}
                  onClick={() => setImporting(true)}
                >
                  {t('imports.open')}
                  <div className={styles.hint}>{t('imports.openHint')}</div>
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </div>
          <Link to="/" className={`${styles.new} ${styles.link}`} activeOptions={{ exact: true }}>
            <IconStack2 size={18} stroke={1.6} aria-hidden="true" />
            {t('notes.all')}
          </Link>
        </div>
        <HomeNav />
        <CollectionNav kind="carnet" />
        {/* Drawn before what stands above them is known, they would move. */}
        {!carnets.isLoading && <CollectionNav kind="base" />}
        {!carnets.isLoading && !bases.isLoading && <CommunityNav />}
        {!carnets.isLoading && !bases.isLoading && !communities.isLoading && <RecentNotes />}
      </SearchBox>
      <TemplateDialog opened={areTemplatesOpen} onClose={() => setTemplates(false)} />
      <ImportDialog opened={isImporting} onClose={() => setImporting(false)} />
      <div className={styles.grow} />
      <div className={styles.foot}>
        <KeptLine />
        {person.kind === 'local' && <BackupLine />}
        <NoticesLink className={`${styles.new} ${styles.link}`} />
        <Link to="/trash" className={`${styles.new} ${styles.link}`}>
          <IconTrash size={18} stroke={1.6} aria-hidden="true" />
          {t('share.trash.title')}
        </Link>
        <Link to="/settings" className={`${styles.new} ${styles.link}`}>
          <PersonMark person={person} size={22} />
          <span className="visually-hidden">{t('share.settings.title')} – </span>
          <span className={styles.person}>{person.name}</span>
          <span className={styles.grow} />
          <IconSettings size={17} stroke={1.6} aria-hidden="true" />
        </Link>
      </div>
    </div>
  );
}
