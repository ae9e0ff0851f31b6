import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBook2, IconFileExport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { NoteSummary } from '#shared/api/notes.ts';
import { AddToCollectionDialog } from '../../collections/index.ts';
import { ExportNotesDialog } from '../../export/index.ts';
import type { ChosenNotes } from './useChosenNotes.ts';
import styles from './ChoosableNotes.module.css';

interface Props {
  readonly choosing: ChosenNotes;
  /** Those of the list, in whose order chosen notes go into a file or a carnet; the others after them. */
  readonly notes: readonly (NoteSummary | null)[];
}

/** How many notes are chosen, and what can be done with all of them. */
export function ChosenBar({ choosing, notes }: Props) {
  const { t } = useTranslation();
  const [isExporting, exporting] = useDisclosure(false);
  const [isAdding, adding] = useDisclosure(false);
  const { chosen } = choosing;
  const listed = notes.flatMap((note) => (note !== null && chosen.has(note.id) ? [note.id] : []));
  const ids = [...new Set([...listed, ...chosen])];
  const isNone = ids.length === 0;
  return (
    <section className={styles.bar} aria-label={t('notes.choosing.bar')}>
      <p className={styles.count} role="status">
        {isNone ? t('notes.choosing.none') : t('notes.choosing.count', { count: ids.length })}
      </p>
      <Button
        size="xs"
        leftSection={<IconFileExport size={16} stroke={1.7} />}
        disabled={isNone}
        onClick={exporting.open}
      >
        {t('notes.choosing.export')}
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconBook2 size={16} stroke={1.7} />}
        disabled={isNone}
        onClick={adding.open}
      >
        {t('notes.choosing.add')}
      </Button>
      <Button size="xs" variant="subtle" disabled={isNone} onClick={choosing.clear}>
        {t('notes.choosing.clear')}
      </Button>
      <ExportNotesDialog notes={ids} opened={isExporting} onClose={exporting.close} />
      <AddToCollectionDialog
        kind="carnet"
        members={ids}
        holding={[]}
        opened={isAdding}
        onClose={adding.close}
      />
    </section>
  );
}
