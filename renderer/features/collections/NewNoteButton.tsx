import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconFile, IconFileImport, IconFilePlus, IconTemplate } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CarnetId } from '#shared/domain/ids.ts';
import { IconButton } from '../../ui/index.ts';
import { ImportDialog } from '../import/index.ts';
import { TemplateDialog, useCreateNote } from '../notes/index.ts';
import styles from './CollectionPage.module.css';

interface Props {
  readonly carnetId: CarnetId;
  readonly title: string;
  /** Notes that are made there begin with a template, for this person. */
  readonly hasTemplate: boolean;
}

/** Makes a note in a carnet, from its template where it has one; or, by the menu beside it, from none or from another. */
export function NewNoteButton({ carnetId, title, hasTemplate }: Props) {
  const { t } = useTranslation();
  const createNote = useCreateNote();
  const [isImporting, setImporting] = useState(false);
  const [areTemplatesOpen, setTemplates] = useState(false);
  return (
    <div className={styles.newNote}>
      <Button
        leftSection={<IconFilePlus size={17} stroke={1.7} />}
        loading={createNote.isPending}
        onClick={() => createNote.mutate({ carnetId, template: 'carnet' })}
      >
        {t('carnets.newMember')}
      </Button>
      <Menu position="bottom-start">
        <Menu.Target>
          <IconButton label={t('carnets.template.others')} size={36} disabled={createNote.isPending}>
            <IconChevronDown size={17} stroke={1.8} />
          </IconButton>
        </Menu.Target>
        <Menu.Dropdown>
          {hasTemplate && (
            <Menu.Item leftSection={<IconFile size={16} />} onClick={() => createNote.mutate({ carnetId })}>
              {t('carnets.template.blank')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconTemplate size={16} />} onClick={() => setTemplates(true)}>
            {t('carnets.template.another')}
          </Menu.Item>
          <Menu.Item leftSection={<IconFileImport size={16} />} onClick={() => setImporting(true)}>
            {t('imports.open')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <TemplateDialog opened={areTemplatesOpen} onClose={() => setTemplates(false)} place={{ carnetId }} />
      <ImportDialog
        opened={isImporting}
        onClose={() => setImporting(false)}
        carnet={{ id: carnetId, title: title || t('app.untitled') }}
      />
    </div>
  );
}
