import { borders } from './quebecBorders.ts';
import { coasts, type Point } from './quebecCoasts.ts';
import type { QuebecRegion } from './regions.ts';

/*
 * Québec's regions as simplified polygons, drawn by us from what we know of their towns, rivers and neighbours: to show where a place is, not to measure.
 * A border is an arc that the regions on both sides share, so that there is neither a gap nor an overlap; upstream of Québec the river itself is the border.
 */

const arcs = { ...coasts, ...borders };

type Arc = keyof typeof arcs;
/** An arc, or the same the other way round. */
type Step = Arc | `-${Arc}`;

/** The rings of each region, each a closed walk along its arcs. */
const rings: Readonly<Record<QuebecRegion, readonly (readonly Step[])[]>> = {
  'bas-saint-laurent': [['lowerShore', '-matapedia', 'newBrunswick', 'islet']],
  'saguenay-lac-saint-jean': [['chibougamau', '-manicouagan', '-laurentian', '-bostonnais']],
  'capitale-nationale': [
    ['laurentian', 'fjord', 'charlevoixCoast', 'riverQuebec', 'riverGrondines', 'portneuf'],
    ['orleans'],
  ],
  mauricie: [
    [
      'upperMauricie',
      'bostonnais',
      '-portneuf',
      'riverTrois',
      'riverSaintPierre',
      'matawinie',
      '-lievre',
      '-cabonga',
      '-gouin',
    ],
  ],
  estrie: [['-missisquoi', '-maineSouth', '-granit', '-nicolet']],
  montreal: [['riverMontreal', 'prairiesMouth', 'prairies', 'deuxMontagnes']],
  outaouais: [['ottawaRiver', 'dumoine', 'cabonga', '-petiteNation']],
  'abitibi-temiscamingue': [['temiscaming', 'parallel', 'gouin', '-dumoine']],
  'cote-nord': [['labrador', 'northShore', '-fjord', 'manicouagan', 'caniapiscau'], ['anticosti']],
  'nord-du-quebec': [
    ['northCoast', '-caniapiscau', '-chibougamau', '-upperMauricie', '-parallel', 'ontarioNorth'],
  ],
  'gaspesie-iles-de-la-madeleine': [['gaspeCoast', 'matapedia'], ['madeleine']],
  'chaudiere-appalaches': [['southShore', '-islet', 'maineNorth', '-granit', '-becancour', '-riverQuebec']],
  laval: [['milleIslesEast', 'milleIslesWest', '-prairies']],
  lanaudiere: [['riverLanaudiere', 'prairiesMouth', 'milleIslesEast', 'achigan', '-matawinie']],
  laurentides: [
    ['milleIslesWest', 'deuxMontagnes', 'rigaud', 'lowerOttawa', 'petiteNation', 'lievre', '-achigan'],
  ],
  monteregie: [
    [
      'yamaska',
      '-missisquoi',
      'newYork',
      'soulanges',
      '-rigaud',
      'riverMontreal',
      '-riverLanaudiere',
      '-riverSaintPierre',
    ],
  ],
  'centre-du-quebec': [['riverGrondines', 'riverTrois', 'yamaska', 'nicolet', '-becancour']],
};

function walk(steps: readonly Step[]): Point[] {
  return steps.flatMap((step) => {
    const points: readonly Point[] = arcs[step.replace('-', '') as Arc];
    // The last point of an arc is the first of the next one.
    return (step.startsWith('-') ? points.toReversed() : points).slice(0, -1);
  });
}

/** The polygons of a region, without their first point again at the end. */
export function regionRings(region: QuebecRegion): readonly (readonly Point[])[] {
  return rings[region].map(walk);
}
