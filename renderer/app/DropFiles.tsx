import { IconFileImport } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './DropFiles.module.css';

const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;

/** What takes files itself: a text that is being written (they become pictures and attachments), and dialogues. */
const takesFiles = (event: DragEvent): boolean =>
  event.defaultPrevented ||
  (event.target instanceof Element &&
    event.target.closest('[contenteditable="true"], [role="dialog"], input, textarea') !== null);

/** Files that are dropped anywhere else on a page are offered for import; without this a browser would leave the page for the file. */
export function DropFiles({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const { t } = useTranslation();
  const [isOver, setOver] = useState(false);
  const give = useEffectEvent(onFiles);
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      const isTaken = takesFiles(event);
      setOver(!isTaken);
      if (isTaken) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
    };
    // Leaving the window goes to nothing; leaving one part of it for another does not end the drag.
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      setOver(false);
      if (!holdsFiles(event) || takesFiles(event)) return;
      event.preventDefault();
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0) give(files);
    };
    document.addEventListener('dragover', over);
    document.addEventListener('dragleave', leave);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('drop', drop);
    };
  }, []);
  if (!isOver) return null;
  return (
    <div className={styles.over} role="status">
      <p className={styles.words}>
        <IconFileImport size={28} stroke={1.4} aria-hidden="true" />
        {t('imports.dropAnywhere')}
      </p>
    </div>
  );
}
