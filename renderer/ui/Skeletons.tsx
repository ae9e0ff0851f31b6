import styles from './Skeletons.module.css';

/** A grey bar of the size of what will stand there. */
export function Bar({ width, height = 12 }: { readonly width: string | number; readonly height?: number }) {
  return <span className={styles.bar} aria-hidden="true" style={{ width, height }} />;
}

const widths = ['62%', '48%', '71%', '55%', '66%', '43%'];

/** A list that is still being asked for: as many rows, as high, as the list will have. */
export function RowSkeletons({
  count,
  height,
  label,
}: {
  readonly count: number;
  readonly height: number;
  readonly label: string;
}) {
  return (
    <div className={styles.rows} role="status" aria-label={label}>
      {Array.from({ length: count }, (_, at) => (
        <div key={at} className={styles.row} style={{ height }}>
          <Bar width={widths[at % widths.length] ?? '60%'} height={height > 40 ? 14 : 11} />
          {height > 50 && <Bar width="86%" height={10} />}
        </div>
      ))}
    </div>
  );
}
