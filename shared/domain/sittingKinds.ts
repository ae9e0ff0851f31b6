/** What a sitting is. `writing`: typed. The others are operations of the relay: one act, one sitting. `creation`: the content that a note was made with. */
export const sittingKinds = [
  'writing',
  'creation',
  'restore',
  'takeBack',
  'putBack',
  'import',
  'integration',
] as const;
export type SittingKind = (typeof sittingKinds)[number];
