import { Button, Modal, NumberInput } from '@mantine/core';
import { IconChevronRight, IconChevronLeft, IconDownload, IconMinus, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportId } from '#shared/domain/ids.ts';
import { IconButton } from '../../ui/index.ts';
import { BookPages } from './BookPages.tsx';
import styles from './PagesDialog.module.css';

/** Widths of a page on the screen, in pixels. */
const zooms = [320, 440, 600, 800, 1040, 1400] as const;

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly id: ExportId;
  readonly pages: number;
  readonly title: string;
  readonly onDownload: () => void;
}

/** The pages of a book that was made, one under the other, over the whole window. */
export function PagesDialog({ opened, onClose, title, ...book }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      stackId="pages"
      opened={opened}
      onClose={onClose}
      fullScreen
      radius={0}
      title={title}
      closeButtonProps={{ 'aria-label': t('app.close') }}
      classNames={{ content: styles.content ?? '', body: styles.body ?? '', title: styles.title ?? '' }}
    >
      <Pages {...book} />
    </Modal>
  );
}

function Pages({ id, pages, onDownload }: Omit<Props, 'opened' | 'onClose' | 'title'>) {
  const { t } = useTranslation();
  const [zoom, setZoom] = useState(() => (window.innerWidth < 1000 ? 2 : 3));
  const [page, setPage] = useState(1);
  /** The page that was asked for last; another object each time. */
  const [asked, setAsked] = useState({ page: 1 });
  const goTo = (wanted: number): void => {
    const next = Math.min(pages, Math.max(1, wanted));
    // Before it is there: keys may come sooner than pages.
    setPage(next);
    setAsked({ page: next });
  };
  const zoomTo = (wanted: number): void => {
    setZoom(Math.min(zooms.length - 1, Math.max(0, wanted)));
    setAsked({ page });
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = {
      ArrowRight: () => goTo(page + 1),
      ArrowLeft: () => goTo(page - 1),
      PageDown: () => goTo(page + 1),
      PageUp: () => goTo(page - 1),
      Home: () => goTo(1),
      End: () => goTo(pages),
      '+': () => zoomTo(zoom + 1),
      '-': () => zoomTo(zoom - 1),
    }[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  return (
    // Keys turn the pages wherever the focus is in the dialog.
    <div className={styles.pages} onKeyDown={onKeyDown} role="presentation">
      <div className={styles.bar} role="toolbar" aria-label={t('share.export.preview.bar')}>
        <div className={styles.group}>
          <IconButton label={t('share.export.preview.before')} shortcut="←" onClick={() => goTo(page - 1)}>
            <IconChevronLeft size={18} />
          </IconButton>
          <IconButton label={t('share.export.preview.after')} shortcut="→" onClick={() => goTo(page + 1)}>
            <IconChevronRight size={18} />
          </IconButton>
          <NumberInput
            className={styles.number ?? ''}
            size="xs"
            aria-label={t('share.export.preview.page')}
            min={1}
            max={pages}
            hideControls
            allowDecimal={false}
            allowNegative={false}
            value={page}
            onChange={(value) => {
              if (typeof value === 'number') goTo(value);
            }}
          />
          <span className={styles.count}>{t('share.export.preview.of', { count: pages })}</span>
        </div>
        <div className={styles.group}>
          <IconButton label={t('share.export.preview.smaller')} shortcut="−" onClick={() => zoomTo(zoom - 1)}>
            <IconMinus size={18} />
          </IconButton>
          <IconButton label={t('share.export.preview.larger')} shortcut="+" onClick={() => zoomTo(zoom + 1)}>
            <IconPlus size={18} />
          </IconButton>
        </div>
        <Button size="xs" leftSection={<IconDownload size={16} />} onClick={onDownload}>
          {t('share.export.download')}
        </Button>
      </div>
      <BookPages id={id} pages={pages} width={zooms[zoom] ?? 800} asked={asked} onPage={setPage} />
    </div>
  );
}
