/** Who may see a note or a carnet. `authors` is the default: new notes are private. */
export const visibilities = ['authors', 'community', 'members', 'public'] as const;
export type Visibility = (typeof visibilities)[number];
