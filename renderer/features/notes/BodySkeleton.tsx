import { Bar } from '../../ui/index.ts';
import styles from './NotePage.module.css';

/** As high as a paragraph or two of text. */
export function BodySkeleton() {
  return (
    <div className={styles.skeleton} aria-hidden="true">
      {['100%', '96%', '98%', '60%', '0', '97%', '100%', '42%'].map((width, at) => (
        <Bar key={at} width={width} height={13} />
      ))}
    </div>
  );
}
