import type { CommunitySummary } from '#shared/api/communities.ts';
import { api } from '../../api/index.ts';
import { initialsOf } from '../../ui/index.ts';
import styles from './Communities.module.css';

interface Props {
  readonly community: Pick<CommunitySummary, 'name' | 'image'>;
  readonly size: number;
}

/** A community's image, or the initials of its name; decorative, beside the name. */
export function CommunityImage({ community, size }: Props) {
  const box = { width: size, height: size, fontSize: size * 0.36 };
  return community.image === null ? (
    <span className={styles.image} style={box} aria-hidden="true">
      {initialsOf(community.name)}
    </span>
  ) : (
    <img className={styles.image} style={box} src={api.attachmentUrl(community.image)} alt="" />
  );
}
