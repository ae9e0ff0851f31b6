import { Button, Menu, SegmentedControl } from '@mantine/core';
import { IconDots, IconListDetails, IconPencil, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import { type CategoryContent, maxCategoriesInList, maxCategoryLists } from '#shared/document/fields.ts';
import { IconButton, notify, notifyProblem } from '../../ui/index.ts';
import {
  createCategory,
  removeCategories,
  removeCategoryList,
  renameCategoryList,
} from './collectionEdits.ts';
import { useCollectionKind } from './kindContext.ts';
import { NameForm, NewNamed } from './NameForm.tsx';
import styles from './CollectionPage.module.css';

interface Props {
  /** Names of the lists. */
  readonly lists: readonly string[];
  /** The one that arranges the page. */
  readonly list: string;
  readonly onList: (list: string | undefined) => void;
  /** The live document of a manager; null for those who read. */
  readonly doc: Y.Doc | null;
}

/** Which list of categories arranges the page; managers name the lists, and take them away. */
export function CategoryLists({ lists, list, onList, doc }: Props) {
  const { t } = useTranslation();
  const kind = useCollectionKind();
  const [isRenaming, setRenaming] = useState(false);
  if (lists.length < 2) return null;
  const nameOf = (name: string): string => name || t('carnets.list.first');
  if (isRenaming && doc !== null)
    return (
      <NameForm
        label={t('carnets.list.name')}
        initial={nameOf(list)}
        act={t('app.save')}
        onDone={(name) => {
          setRenaming(false);
          if (name === null || name === list) return;
          if (renameCategoryList(doc, list, name)) onList(name);
          else notifyProblem(t('carnets.list.taken'));
        }}
      />
    );
  return (
    <div className={styles.lists}>
      <span id="carnet-list-label" className={styles.listsLabel}>
        {t('carnets.list.by')}
      </span>
      <SegmentedControl
        aria-labelledby="carnet-list-label"
        size="sm"
        value={list}
        onChange={(name) => onList(name === lists[0] ? undefined : name)}
        data={lists.map((name) => ({ value: name, label: nameOf(name) }))}
      />
      {doc !== null && (
        <Menu position="bottom-start">
          <Menu.Target>
            <IconButton label={t('carnets.list.menu', { name: nameOf(list) })} size={28}>
              <IconDots size={16} stroke={1.6} />
            </IconButton>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setRenaming(true)}>
              {t('carnets.list.rename')}
            </Menu.Item>
            <Menu.Item
              color="red"
              leftSection={<IconX size={16} />}
              onClick={() => {
                const undo = removeCategoryList(doc, list);
                onList(undefined);
                notify(t(`${kind}s.list.removed`, { name: nameOf(list) }), {
                  label: t('app.undo'),
                  act: undo,
                });
              }}
            >
              {t('carnets.list.remove')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}

/** The act that makes another list, with a first category that is there to be renamed. */
export function NewCategoryList({
  lists,
  doc,
  onList,
}: {
  readonly lists: readonly string[];
  readonly doc: Y.Doc;
  readonly onList: (list: string) => void;
}) {
  const { t } = useTranslation();
  if (lists.length === 0) return null;
  const full = t('carnets.list.full', { count: maxCategoryLists });
  return (
    <NewNamed
      label={t('carnets.list.new')}
      icon={<IconListDetails size={15} />}
      field={t('carnets.list.name')}
      full={lists.length < maxCategoryLists ? null : full}
      onName={(name) => {
        if (lists.includes(name)) return notifyProblem(t('carnets.list.taken'));
        if (createCategory(doc, t('carnets.list.firstCategory'), name) === null) return notifyProblem(full);
        onList(name);
      }}
    />
  );
}

/** So many names are told; of more, that there are more. */
const namesTold = 5;

/** Tells managers of categories that are in the document and not on the page, since there are too many, with the way to take them out. */
export function CategoriesBeyond({
  beyond,
  doc,
}: {
  readonly beyond: readonly CategoryContent[];
  readonly doc: Y.Doc;
}) {
  const { t } = useTranslation();
  if (beyond.length === 0) return null;
  const count = beyond.length;
  const names = beyond.slice(0, namesTold).map(({ name }) => t('carnets.category.quoted', { name }));
  return (
    <div className={styles.beyond} role="status">
      <p>
        {t('carnets.category.beyond', {
          count,
          names: names.join(', ') + (count > namesTold ? '…' : ''),
          lists: maxCategoryLists,
          most: maxCategoriesInList,
        })}
      </p>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => {
          const undo = removeCategories(doc, beyond);
          notify(t('carnets.category.beyondRemoved', { count }), { label: t('app.undo'), act: undo });
        }}
      >
        {t('carnets.category.removeBeyond', { count })}
      </Button>
    </div>
  );
}
