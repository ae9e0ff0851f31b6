import type { PersonColour } from '#shared/domain/Person.ts';

/** The colours of carnets as ink on paper: those of the light theme of the interface (renderer/styles/tokens.css). */
const inks: Readonly<Record<PersonColour, string>> = {
  brique: '#a43d20',
  ambre: '#875200',
  olive: '#666000',
  mousse: '#44691d',
  sapin: '#1c6b3f',
  sarcelle: '#08696b',
  azur: '#14639a',
  indigo: '#3f53b8',
  violet: '#6a48b5',
  prune: '#8a3a97',
  framboise: '#a82b60',
  ardoise: '#515f6d',
};

/** The colour of a carnet in its book: the accent of the interface where it has none of its own. */
export function coverInk(colour: PersonColour | null): string {
  return colour === null ? '#0b5b62' : inks[colour];
}
