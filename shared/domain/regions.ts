/** Québec's seventeen administrative regions, in the order of their official numbers (01 to 17). */
export const quebecRegions = [
  'bas-saint-laurent',
  'saguenay-lac-saint-jean',
  'capitale-nationale',
  'mauricie',
  'estrie',
  'montreal',
  'outaouais',
  'abitibi-temiscamingue',
  'cote-nord',
  'nord-du-quebec',
  'gaspesie-iles-de-la-madeleine',
  'chaudiere-appalaches',
  'laval',
  'lanaudiere',
  'laurentides',
  'monteregie',
  'centre-du-quebec',
] as const;
export type QuebecRegion = (typeof quebecRegions)[number];

/** Where an organisation may be. */
export const regions = [...quebecRegions, 'hors-quebec'] as const;
export type Region = (typeof regions)[number];

/** Names of the regions: those of Québec have one, in every language. */
const names: Readonly<Record<QuebecRegion, string>> = {
  'bas-saint-laurent': 'Bas-Saint-Laurent',
  'saguenay-lac-saint-jean': 'Saguenay–Lac-Saint-Jean',
  'capitale-nationale': 'Capitale-Nationale',
  mauricie: 'Mauricie',
  estrie: 'Estrie',
  montreal: 'Montréal',
  outaouais: 'Outaouais',
  'abitibi-temiscamingue': 'Abitibi-Témiscamingue',
  'cote-nord': 'Côte-Nord',
  'nord-du-quebec': 'Nord-du-Québec',
  'gaspesie-iles-de-la-madeleine': 'Gaspésie–Îles-de-la-Madeleine',
  'chaudiere-appalaches': 'Chaudière-Appalaches',
  laval: 'Laval',
  lanaudiere: 'Lanaudière',
  laurentides: 'Laurentides',
  monteregie: 'Montérégie',
  'centre-du-quebec': 'Centre-du-Québec',
};

/** What a region is called. */
export function regionName(region: Region, language: 'fr' | 'en'): string {
  if (region === 'hors-quebec') return language === 'fr' ? 'Hors Québec' : 'Outside Québec';
  return names[region];
}

/** True when `value` is one of the regions. */
export function isRegion(value: unknown): value is Region {
  return regions.some((region) => region === value);
}
