import type { NotePage } from '#shared/api/notes.ts';
import { escapeHtml, htmlAttributes } from '#shared/document/escapeHtml.ts';
import type { Language } from '#shared/domain/Person.ts';
import {
  isInFrame,
  type MapFrame,
  project,
  regionPath,
  southFrame,
  wholeFrame,
} from '#shared/domain/quebecMap.ts';
import { quebecRegions, regionName } from '#shared/domain/regions.ts';

const paths = quebecRegions.map((region) => [region, regionPath(region)] as const);
const box = ({ x, y, width, height }: MapFrame): string => `${x} ${y} ${width} ${height}`;
/** All of Québec, small, over the sea: in kilometres of the map, as in the application. */
const inset = { x: 440, y: -262, width: 246, height: 288 };
const title: Readonly<Record<Language, string>> = { fr: 'Carte du Québec', en: 'Map of Québec' };

/**
 * Where an organisation is, on the map of Québec that we draw: inline, without a script or a style of its own. Empty for a note that is none, and where neither a region of
 * Québec nor a place on the map is told.
 */
export function sheetMap({ kind, sheet }: NotePage['note'], language: Language): string {
  if (kind !== 'organisation') return '';
  const { region, coordinates } = sheet;
  const place = coordinates === null ? null : ([coordinates.longitude, coordinates.latitude] as const);
  const isOnMap = place !== null && isInFrame(place, wholeFrame);
  const isInQuebec = region !== null && region !== 'hors-quebec';
  if (!isOnMap && !isInQuebec) return '';
  const regions = paths
    .map(([one, d]) => `<path${htmlAttributes({ d, class: one === region ? 'is-here' : null })}/>`)
    .join('');
  const isNorth = isOnMap && !isInFrame(place, southFrame);
  const dot = (radius: number): string => {
    if (!isOnMap) return '';
    const { x, y } = project(place);
    return `<circle${htmlAttributes({ cx: x.toFixed(1), cy: y.toFixed(1), r: radius })}/>`;
  };
  const name = isInQuebec
    ? `${title[language]}${language === 'fr' ? '\u00a0' : ''}: ${regionName(region, language)}`
    : title[language];
  return (
    `<svg${htmlAttributes({ class: 'sheet-map', viewBox: box(southFrame), role: 'img', 'aria-label': name })}>` +
    `<title>${escapeHtml(name)}</title>${regions}${isNorth ? '' : dot(18)}` +
    `<rect${htmlAttributes({ class: 'map-ground', ...inset, rx: 14 })}/>` +
    `<svg${htmlAttributes({ ...inset, viewBox: box(wholeFrame) })}>${regions}${isNorth ? dot(60) : ''}` +
    `<rect${htmlAttributes({ class: 'map-frame', ...southFrame, rx: 30 })}/></svg></svg>`
  );
}
