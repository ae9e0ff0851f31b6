import type { people as french } from '../fr/people.ts';
import type { Translation } from '../Translation.ts';

export const people = {
  own: 'See my page',
  edit: 'Edit my page',
  bare: 'Others see only your name here, and what you open to them. You may say who you are.',
  organisation: 'Organisation',
  organisationPlaceholder: 'Where you work or act',
  link: 'Link to the note of an organisation',
  unlink: 'No longer link to this note',
  search: 'Search for an organisation',
  choose: 'Choose',
  chosen: 'Chosen',
  noOrganisation: 'No organisation of this name',
  presentation: 'About you',
  presentationHint: 'A few sentences, read by people signed in to this Calepin',
  saved: 'Your page is saved.',
  communities: 'Communities',
  carnets: 'Carnets',
  bases: 'Bases',
  notes: 'Notes',
  noNotes: 'No note that you may read',
  noNotesOfYours: 'You have no note yet.',
  more: 'See more notes',
} satisfies Translation<typeof french>;
