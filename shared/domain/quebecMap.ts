import type { Point } from './quebecCoasts.ts';
import { regionRings } from './quebecOutline.ts';
import type { QuebecRegion } from './regions.ts';

/*
 * The map of Québec in kilometres, north up, y downwards: Albers' equal-area conic projection, with the standard parallels of Québec's own maps (46° and 60°).
 * @see J. P. Snyder, Map Projections: A Working Manual (1987), equations 14-1 to 14-6, for the sphere.
 */
const radiusKm = 6_371;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const south = radians(46);
const cone = (Math.sin(south) + Math.sin(radians(60))) / 2;
const constant = Math.cos(south) ** 2 + 2 * cone * Math.sin(south);
const radiusAt = (latitude: number): number =>
  (radiusKm * Math.sqrt(constant - 2 * cone * Math.sin(radians(latitude)))) / cone;
const centralMeridian = -70.5;
const originRadius = radiusAt(45);

/** Where a place stands on the map, in kilometres from 45° north, 70.5° west. */
export function project([longitude, latitude]: Point): { readonly x: number; readonly y: number } {
  const radius = radiusAt(latitude);
  const angle = cone * radians(longitude - centralMeridian);
  return { x: radius * Math.sin(angle), y: radius * Math.cos(angle) - originRadius };
}

const rounded = (value: number): number => Math.round(value * 10) / 10;

/** The outline of a region, as the `d` of an SVG path. */
export function regionPath(region: QuebecRegion): string {
  return regionRings(region)
    .map((ring) => {
      const points = ring.map((point) => {
        const { x, y } = project(point);
        return `${rounded(x)} ${rounded(y)}`;
      });
      return `M${points.join('L')}Z`;
    })
    .join('');
}

/** A part of the map, in its kilometres. */
export interface MapFrame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where most people live: from the Ottawa River to the Gulf, with the beginning of the North. */
export const southFrame: MapFrame = { x: -740, y: -610, width: 1_450, height: 640 };
/** All of it. */
export const wholeFrame: MapFrame = { x: -790, y: -2_030, width: 1_760, height: 2_060 };

/** True when a place is within a part of the map. */
export function isInFrame(point: Point, frame: MapFrame): boolean {
  const { x, y } = project(point);
  return x >= frame.x && x <= frame.x + frame.width && y >= frame.y && y <= frame.y + frame.height;
}
