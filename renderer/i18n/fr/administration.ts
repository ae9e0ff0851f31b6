/** Looking after a community's relay. */
export const administration = {
  title: 'Administration',
  open: 'Administrer ce Calepin',
  openHint: 'Inviter des personnes. Cela n’ouvre aucune note.',
  notAdministrator: 'Seules les personnes qui tiennent ce Calepin peuvent l’administrer.',
  invitations: 'Inviter dans ce Calepin',
} as const;
