import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PageWidth, pageWidths } from '#shared/api/exports.ts';
import type { ExportId } from '#shared/domain/ids.ts';
import { api } from '../../api/index.ts';
import styles from './PagesDialog.module.css';

/** Between two pages, in pixels. */
const gap = 20;

/** The narrowest picture that is sharp on this screen. */
function pictureWidth(width: number): PageWidth {
  const wanted = width * window.devicePixelRatio;
  return pageWidths.find((one) => one >= wanted) ?? 1920;
}

interface Props {
  readonly id: ExportId;
  readonly pages: number;
  /** Of a page on the screen, in pixels. */
  readonly width: number;
  /** Scrolls to that page each time that it is another object. */
  readonly asked: { readonly page: number };
  /** Told of the page that is at the middle of the window. */
  readonly onPage: (page: number) => void;
}

/** The pages of a book: those near the window are drawn, as pictures that the relay makes. */
export function BookPages({ id, pages, width, asked, onPage }: Props) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  // Of every page of a book; known once the first picture is there.
  const [ratio, setRatio] = useState(Math.SQRT2);
  const height = Math.round(width * ratio);
  const virtual = useVirtualizer({
    count: pages,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    gap,
    paddingStart: gap,
    paddingEnd: gap,
    overscan: 1,
    onChange: (instance) => {
      const middle = (instance.scrollOffset ?? 0) + (instance.scrollRect?.height ?? 0) / 2;
      const at = Math.ceil((middle - gap) / (height + gap));
      onPage(Math.min(pages, Math.max(1, at)));
    },
  });
  const { measure, scrollToOffset } = virtual;
  useEffect(() => {
    measure();
    scrollToOffset((asked.page - 1) * (height + gap));
  }, [asked, height, measure, scrollToOffset]);
  return (
    <div
      ref={scroller}
      className={styles.scroller}
      data-autofocus
      role="region"
      aria-label={t('share.export.preview.label')}
      tabIndex={0}
    >
      <ol className={styles.list} style={{ height: virtual.getTotalSize(), minWidth: width }}>
        {virtual.getVirtualItems().map(({ index, start }) => (
          <li
            key={index}
            style={{ top: start, width, height }}
            aria-setsize={pages}
            aria-posinset={index + 1}
          >
            <PagePicture
              src={api.exportPageUrl(id, index + 1, pictureWidth(width))}
              name={t('share.export.preview.picture', { page: index + 1 })}
              onRatio={setRatio}
            />
          </li>
        ))}
      </ol>
    </div>
  );
}

interface PictureProps {
  readonly src: string;
  readonly name: string;
  readonly onRatio: (ratio: number) => void;
}

function PagePicture({ src, name, onRatio }: PictureProps) {
  const { t } = useTranslation();
  const [failed, setFailed] = useState<string | null>(null);
  if (failed === src)
    return (
      <div className={styles.failed} role="alert">
        <p>{t('share.export.preview.failed')}</p>
        <button type="button" className={styles.retry} onClick={() => setFailed(null)}>
          {t('app.retry')}
        </button>
      </div>
    );
  return (
    <img
      src={src}
      alt={name}
      onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => onRatio(naturalHeight / naturalWidth)}
      onError={() => setFailed(src)}
    />
  );
}
