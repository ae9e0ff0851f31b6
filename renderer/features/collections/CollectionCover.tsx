import type { Cover } from '#shared/domain/Collection.ts';
import { api } from '../../api/index.ts';
import { hueOf } from '../../ui/index.ts';
import styles from './CollectionCover.module.css';

/** What stands over a title: the image, else a band of the colour, else nothing. */
export function CollectionCover({ cover }: { readonly cover: Cover }) {
  if (cover.image !== null)
    return <img className={styles.image} src={api.attachmentUrl(cover.image)} alt={cover.alternative} />;
  if (cover.colour === null) return null;
  const hue = { '--hue': hueOf(cover.colour) } as React.CSSProperties;
  return <div className={styles.band} style={hue} aria-hidden="true" />;
}
