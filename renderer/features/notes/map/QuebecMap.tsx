import type { Coordinates } from '#shared/domain/contact.ts';
import { isInFrame, project, regionPath, southFrame, wholeFrame } from '#shared/domain/quebecMap.ts';
import { type QuebecRegion, quebecRegions, type Region, regionName } from '#shared/domain/regions.ts';
import { useLanguage } from '../../../i18n/index.ts';
import styles from './QuebecMap.module.css';

const paths = quebecRegions.map((region) => [region, regionPath(region)] as const);
const frameOf = ({ x, y, width, height }: typeof southFrame): string => `${x} ${y} ${width} ${height}`;
/** All of Québec, small, over the sea: in kilometres of the map. */
const inset = { x: 440, y: -262, width: 246, height: 288 };

interface Props {
  /** What the picture shows, for those who do not see it. */
  readonly label: string;
  readonly selected: Region | null;
  readonly point?: Coordinates | null;
  /** How many there are in each region: the more, the darker. */
  readonly counts?: ReadonlyMap<Region, number>;
  /** A region that the pointer is on, elsewhere. */
  readonly pointed?: Region | null;
  readonly onPoint?: (region: Region | null) => void;
  /** Choosing by the pointer; the keyboard has a list beside the map. */
  readonly onChoose?: (region: QuebecRegion) => void;
}

/** Québec's regions, drawn by us: the south, where most people live, and all of it in a corner. Nothing is fetched. */
export function QuebecMap({ label, selected, point = null, counts, pointed, onPoint, onChoose }: Props) {
  const language = useLanguage();
  const most = Math.max(1, ...(counts?.values() ?? []));
  const place = point === null ? null : ([point.longitude, point.latitude] as const);
  const dot = place === null || !isInFrame(place, wholeFrame) ? null : project(place);
  const isNorth = place !== null && !isInFrame(place, southFrame);
  const regions = paths.map(([region, path]) => {
    const count = counts?.get(region) ?? 0;
    return (
      <path
        key={region}
        d={path}
        className={styles.region}
        data-level={count === 0 ? 0 : 1 + Math.min(3, Math.floor((count / most) ** 0.6 * 4))}
        data-selected={region === selected || undefined}
        data-pointed={region === pointed || undefined}
        {...(onChoose && {
          'data-choice': true,
          onClick: () => onChoose(region),
          onPointerEnter: () => onPoint?.(region),
          onPointerLeave: () => onPoint?.(null),
        })}
      >
        {counts !== undefined && <title>{`${regionName(region, language)} – ${count}`}</title>}
      </path>
    );
  });
  // Filled, one alone needs no line around it.
  const outline = paths
    .filter(([region]) => region === selected && counts !== undefined)
    .map(([region, path]) => <path key={region} d={path} className={styles.outline} />);
  return (
    <svg className={styles.map} viewBox={frameOf(southFrame)} role="img" aria-label={label}>
      {regions}
      {outline}
      {dot !== null && !isNorth && <circle className={styles.dot} cx={dot.x} cy={dot.y} r="18" />}
      <rect className={styles.insetGround} {...inset} rx="14" />
      <svg {...inset} viewBox={frameOf(wholeFrame)}>
        {regions}
        {outline}
        {dot !== null && isNorth && <circle className={styles.dot} cx={dot.x} cy={dot.y} r="60" />}
        <rect className={styles.frame} {...southFrame} rx="30" />
      </svg>
    </svg>
  );
}
