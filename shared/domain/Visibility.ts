/** Who may see a note, a carnet or a base. `authors` is the default: new notes are private. */
export const visibilities = ['authors', 'community', 'members', 'public'] as const;
export type Visibility = (typeof visibilities)[number];
