import { expect, test } from 'vitest';
import type { Point } from '#shared/domain/quebecCoasts.ts';
import { regionRings } from '#shared/domain/quebecOutline.ts';
import { type QuebecRegion, quebecRegions } from '#shared/domain/regions.ts';

function isInside([x, y]: Point, ring: readonly Point[]): boolean {
  let inside = false;
  for (const [at, [x1, y1]] of ring.entries()) {
    const [x2, y2] = ring[(at + 1) % ring.length]!;
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}
const regionsOf = (place: Point) =>
  quebecRegions.filter((region) => regionRings(region).some((ring) => isInside(place, ring)));

test.each<[QuebecRegion, Record<string, Point>]>([
  [
    'bas-saint-laurent',
    {
      Rimouski: [-68.5, 48.44],
      'Rivière-du-Loup': [-69.5, 47.82],
      Amqui: [-67.43, 48.46],
      'La Pocatière': [-70.03, 47.36],
      Dégelis: [-68.65, 47.55],
    },
  ],
  [
    'saguenay-lac-saint-jean',
    {
      Chicoutimi: [-71.06, 48.42],
      Roberval: [-72.23, 48.52],
      'L’Anse-Saint-Jean': [-70.2, 48.22],
      'Dolbeau-Mistassini': [-72.23, 48.88],
    },
  ],
  [
    'capitale-nationale',
    {
      Québec: [-71.25, 46.82],
      'Baie-Saint-Paul': [-70.52, 47.45],
      'La Malbaie': [-70.2, 47.66],
      'Saint-Raymond': [-71.83, 46.9],
      'Rivière-à-Pierre': [-72.18, 46.98],
    },
  ],
  [
    'mauricie',
    {
      'Trois-Rivières': [-72.57, 46.36],
      Shawinigan: [-72.75, 46.57],
      'La Tuque': [-72.78, 47.44],
      Maskinongé: [-73.02, 46.23],
      Obedjiwan: [-74.93, 48.65],
    },
  ],
  [
    'estrie',
    {
      Sherbrooke: [-71.9, 45.4],
      Granby: [-72.73, 45.4],
      Cowansville: [-72.75, 45.2],
      'Lac-Mégantic': [-70.88, 45.58],
      Danville: [-72.02, 45.78],
    },
  ],
  [
    'montreal',
    { Montréal: [-73.58, 45.51], 'Pointe-Claire': [-73.82, 45.44], 'Pointe-aux-Trembles': [-73.5, 45.65] },
  ],
  [
    'outaouais',
    {
      Gatineau: [-75.7, 45.48],
      Maniwaki: [-75.97, 46.38],
      'Fort-Coulonge': [-76.73, 45.85],
      Montebello: [-74.94, 45.66],
    },
  ],
  [
    'abitibi-temiscamingue',
    {
      'Rouyn-Noranda': [-79.02, 48.24],
      'Val-d’Or': [-77.78, 48.1],
      Amos: [-78.12, 48.57],
      'Ville-Marie': [-79.44, 47.33],
    },
  ],
  [
    'cote-nord',
    {
      'Sept-Îles': [-66.38, 50.22],
      'Baie-Comeau': [-68.2, 49.24],
      Tadoussac: [-69.73, 48.15],
      Fermont: [-67.08, 52.78],
      Natashquan: [-61.8, 50.2],
      'Port-Menier': [-64.35, 49.83],
      Schefferville: [-66.85, 54.8],
    },
  ],
  [
    'nord-du-quebec',
    {
      Chibougamau: [-74.37, 49.92],
      Kuujjuaq: [-68.4, 58.1],
      Matagami: [-77.63, 49.75],
      Chisasibi: [-78.9, 53.78],
      Salluit: [-75.6, 62.15],
      'Lebel-sur-Quévillon': [-76.98, 49.05],
    },
  ],
  [
    'gaspesie-iles-de-la-madeleine',
    {
      Gaspé: [-64.5, 48.84],
      Carleton: [-66.13, 48.11],
      Murdochville: [-65.5, 48.96],
      'Cap-aux-Meules': [-61.87, 47.37],
      Matapédia: [-66.94, 47.98],
    },
  ],
  [
    'chaudiere-appalaches',
    {
      Lévis: [-71.18, 46.79],
      'Thetford Mines': [-71.3, 46.1],
      'Saint-Georges': [-70.67, 46.12],
      Montmagny: [-70.55, 46.97],
      'Saint-Pamphile': [-69.79, 46.97],
    },
  ],
  ['laval', { Laval: [-73.73, 45.58], 'Sainte-Rose': [-73.78, 45.61], Duvernay: [-73.65, 45.64] }],
  [
    'lanaudiere',
    {
      Joliette: [-73.44, 46.02],
      Repentigny: [-73.47, 45.75],
      Terrebonne: [-73.63, 45.71],
      'Saint-Donat': [-74.22, 46.32],
      Manawan: [-74.38, 47.22],
    },
  ],
  [
    'laurentides',
    {
      'Saint-Jérôme': [-74.0, 45.78],
      'Mont-Tremblant': [-74.6, 46.12],
      'Mont-Laurier': [-75.5, 46.55],
      Oka: [-74.08, 45.475],
      Blainville: [-73.88, 45.67],
    },
  ],
  [
    'monteregie',
    {
      Longueuil: [-73.5, 45.53],
      'Saint-Hyacinthe': [-72.95, 45.63],
      'Sorel-Tracy': [-73.11, 46.03],
      Valleyfield: [-74.13, 45.25],
      Vaudreuil: [-74.05, 45.4],
      'Saint-Jean-sur-Richelieu': [-73.25, 45.31],
      'Acton Vale': [-72.57, 45.65],
    },
  ],
  [
    'centre-du-quebec',
    {
      Drummondville: [-72.48, 45.88],
      Victoriaville: [-71.96, 46.05],
      Bécancour: [-72.4, 46.33],
      Nicolet: [-72.6, 46.22],
      Plessisville: [-71.77, 46.22],
    },
  ],
])('the towns of %s are drawn in it, and in no other region', (region, towns) => {
  const found = Object.fromEntries(Object.entries(towns).map(([town, place]) => [town, regionsOf(place)]));
  expect(found).toEqual(Object.fromEntries(Object.keys(towns).map((town) => [town, [region]])));
});

test('neighbours share their border: no place inside Québec is in two regions, or in none', () => {
  // Inland, away from the coast and the frontier, on a fine grid of the peopled south.
  const wrong: [Point, readonly string[]][] = [];
  for (let longitude = -75.0; longitude < -71.6; longitude += 0.037) {
    for (let latitude = 45.7; latitude < 47.9; latitude += 0.041) {
      const place: Point = [longitude, latitude];
      const found = regionsOf(place);
      if (found.length !== 1) wrong.push([place, found]);
    }
  }
  expect(wrong).toEqual([]);
  for (const place of [
    [-87, 46],
    [-75, 44],
    [-66, 53],
    [-68, 47],
    [-68.9, 48.55],
    [-62, 49.9],
  ] as const)
    expect([place, regionsOf(place)]).toEqual([place, []]);
});

test('every ring closes: each arc begins where the one before ends', () => {
  for (const region of quebecRegions)
    for (const ring of regionRings(region)) {
      const steps = ring.map(([x, y], at) => {
        const [nextX, nextY] = ring[(at + 1) % ring.length]!;
        return Math.hypot(nextX - x, nextY - y);
      });
      expect([region, Math.max(...steps) < 2.2, Math.min(...steps) > 0]).toEqual([region, true, true]);
    }
});
