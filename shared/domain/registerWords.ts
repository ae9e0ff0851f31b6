import { isId } from './ids.ts';
import { licenceName, type Licence } from './Licence.ts';
import type { Language } from './Person.ts';
import type { RegisterAct, RegisterKind } from './Register.ts';

/** What the register says, in words: the page and the export for a spreadsheet say the same. */
interface RegisterWords {
  readonly kinds: Readonly<Record<RegisterKind, string>>;
  /** After who did it: « Ada s’est connecté·e ». */
  readonly acts: Readonly<Record<RegisterAct, string>>;
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const frenchGathering = {
  visibility: 'a changé la visibilité',
  policy: 'a changé qui peut intégrer',
  cover: 'a changé la couverture',
  community: 'a changé la communauté liée',
  role: 'a changé un rôle',
  invited: 'est entré·e par une invitation',
  trash: 'a mis à la corbeille',
  out_of_trash: 'a repris de la corbeille',
  destroyed: 'a détruit ce qui était à la corbeille',
} as const;
const englishGathering = {
  visibility: 'changed the visibility',
  policy: 'changed who may integrate',
  cover: 'changed the cover',
  community: 'changed the linked community',
  role: 'changed a role',
  invited: 'came in by an invitation',
  trash: 'moved to the trash',
  out_of_trash: 'took out of the trash',
  destroyed: 'destroyed what was in the trash',
} as const;

type Named<Kind extends string, Acts> = {
  readonly [Key in keyof Acts & string as `${Kind}.${Key}`]: Acts[Key];
};
/** The same acts on each kind of thing are said alike. */
function on<Kind extends string, Acts extends Readonly<Record<string, string>>>(
  kind: Kind,
  acts: Acts,
): Named<Kind, Acts> {
  return Object.fromEntries(
    Object.entries(acts).map(([act, words]) => [`${kind}.${act}`, words]),
  ) as unknown as Named<Kind, Acts>;
}

const { policy: _fr, cover: _frCover, ...frenchNote } = frenchGathering;
const { policy: _en, cover: _enCover, ...englishNote } = englishGathering;

const french: RegisterWords = {
  kinds: {
    account: 'Compte',
    relay: 'Ce Calepin',
    meeting: 'Rencontre sur le réseau local',
    note: 'Note',
    carnet: 'Carnet',
    base: 'Base',
    document: 'Note, carnet ou base',
    community: 'Communauté',
    thread: 'Discussion',
    report: 'Signalement',
    incident: 'Incident de confidentialité',
  },
  acts: {
    'account.created': 'a créé un compte',
    'account.joined': 'a réuni à son compte ce qui était écrit comme invité·e',
    'account.stated':
      'a nommé une personne qui a écrit sur son ordinateur, et dont les textes sont ici selon lui',
    'account.signed_in': 's’est connecté·e',
    'account.refused': 'n’a pas pu se connecter',
    'account.recovery_asked': 'a demandé un nouveau mot de passe',
    'account.recovery_link_made': 'a créé un lien pour un nouveau mot de passe',
    'account.password_changed': 'a changé de mot de passe',
    'account.passkey_added': 'a ajouté une clé d’accès',
    'account.passkey_removed': 'a retiré une clé d’accès',
    'account.email_verified': 'a confirmé son adresse',
    'account.email_changed': 'a changé d’adresse',
    'account.session_ended': 'a déconnecté un de ses appareils',
    'account.signed_out_everywhere': 's’est déconnecté·e partout',
    'account.exported': 'a exporté ses données',
    'account.deletion_asked': 'a demandé la suppression de son compte',
    'account.deletion_cancelled': 'est revenu·e et garde son compte',
    'account.deleted': 'n’a plus de compte : ses données sont effacées',
    'relay.register_exported': 'a exporté le registre',
    'relay.invited': 'a créé une invitation',
    'relay.invitation_revoked': 'a retiré une invitation',
    'relay.role': 'a changé un rôle',
    'relay.quota': 'a changé l’espace par personne, en octets',
    'relay.keystrokes': 'a changé combien de temps chaque frappe est gardée',
    'relay.thinned': 'a laissé partir d’anciennes frappes, ce qui libère, en octets',
    'meeting.opened': 'a ouvert une rencontre sur le réseau local',
    'meeting.joined': 'a rejoint la rencontre',
    'meeting.removed': 'a retiré quelqu’un de la rencontre',
    'meeting.closed': 'a mis fin à la rencontre',
    ...on('note', frenchNote),
    'note.kind': 'a changé la sorte de note',
    'note.licence': 'a changé la licence',
    'note.authors': 'a changé qui sont les auteur·trices',
    'note.template': 'a fait de la note un modèle, ou non',
    'note.lock': 'a verrouillé la note, ou l’a rouverte',
    'note.asked': 'a demandé à modifier',
    'note.refused': 'a refusé une demande',
    'note.exported': 'a exporté la note',
    ...on('carnet', frenchGathering),
    'carnet.template': 'a changé le modèle des notes du carnet',
    'carnet.exported': 'a exporté le carnet',
    'base.exported': 'a exporté la base',
    'carnet.edition': 'a figé une édition du carnet',
    'carnet.edition_withdrawn': 'a retiré une édition du carnet',
    'carnet.edition_restored': 'a rétabli une édition du carnet',
    ...on('base', frenchGathering),
    'document.destroyed': frenchGathering.destroyed,
    'community.create': 'a créé la communauté',
    'community.change': 'a changé la page de la communauté',
    'community.visibility': 'a changé qui voit la communauté',
    'community.role': 'a changé un rôle',
    'community.invited': 'est entré·e par une invitation',
    'community.asked': 'a demandé à entrer',
    'community.refused': 'a refusé une demande',
    'community.link_note': 'a lié une note',
    'community.unlink_note': 'a retiré le lien d’une note',
    'community.link_carnet': 'a lié un carnet',
    'community.unlink_carnet': 'a retiré le lien d’un carnet',
    'community.link_base': 'a lié une base',
    'community.unlink_base': 'a retiré le lien d’une base',
    'thread.started': 'a ouvert une discussion',
    'thread.retracted': 'a retiré un message',
    'thread.resolved': 'a réglé une discussion',
    'thread.reopened': 'a rouvert une discussion',
    'thread.hidden': 'a masqué un message',
    'thread.shown': 'a montré de nouveau un message',
    'report.note': 'a signalé une note',
    'report.carnet': 'a signalé un carnet',
    'report.base': 'a signalé une base',
    'report.community': 'a signalé une communauté',
    'report.message': 'a signalé un message',
    'report.settled': 'a répondu à un signalement',
    'report.opened': 'a rouvert un signalement',
    'incident.recorded': 'a inscrit un incident de confidentialité',
    'incident.amended': 'a modifié l’inscription d’un incident de confidentialité',
  },
  values: {
    keystrokes: { '0': 'toujours', '6': '6 mois', '12': '1 an', '24': '2 ans' },
    role: {
      author: 'auteur·trice',
      commenter: 'commentaire',
      reader: 'lecture',
      manager: 'gestionnaire',
      contributor: 'contributeur·trice',
      responsable: 'responsable',
      administrator: 'tient ce Calepin',
      member: 'membre',
      organisation: 'par l’organisation',
    },
    visibility: {
      authors: 'auteur·trices',
      community: 'communauté',
      members: 'membres',
      public: 'public',
    },
    policy: {
      managers: 'les gestionnaires',
      contributors: 'les contributeur·trices aussi',
      community: 'la communauté',
      members: 'les membres',
    },
    kind: { note: 'note générale', term: 'terme', organisation: 'organisation' },
    authors: { people: 'des personnes', community: 'les responsables de la communauté' },
    licence: { 'all-rights-reserved': 'tous droits réservés' },
    settled: { done: 'réglé', nothing: 'rien à faire' },
    signed_in: { passkey: 'par une clé d’accès' },
  },
};

const english: RegisterWords = {
  kinds: {
    account: 'Account',
    relay: 'This Calepin',
    meeting: 'Meeting on the local network',
    note: 'Note',
    carnet: 'Carnet',
    base: 'Base',
    document: 'Note, carnet or base',
    community: 'Community',
    thread: 'Discussion',
    report: 'Report',
    incident: 'Confidentiality incident',
  },
  acts: {
    'account.created': 'made an account',
    'account.joined': 'took what was written as a guest to their account',
    'account.stated': 'named somebody who wrote on their computer, and whose texts are here as it says',
    'account.signed_in': 'signed in',
    'account.refused': 'could not sign in',
    'account.recovery_asked': 'asked for a new password',
    'account.recovery_link_made': 'made a link for a new password',
    'account.password_changed': 'changed their password',
    'account.passkey_added': 'added a passkey',
    'account.passkey_removed': 'removed a passkey',
    'account.email_verified': 'confirmed their address',
    'account.email_changed': 'changed their address',
    'account.session_ended': 'signed one of their devices out',
    'account.signed_out_everywhere': 'signed out everywhere',
    'account.exported': 'exported their data',
    'account.deletion_asked': 'asked that their account be deleted',
    'account.deletion_cancelled': 'came back and keeps their account',
    'account.deleted': 'has no account any more: their data is erased',
    'relay.register_exported': 'exported the register',
    'relay.invited': 'made an invitation',
    'relay.invitation_revoked': 'took an invitation back',
    'relay.role': 'changed a role',
    'relay.quota': 'changed the room a person has, in bytes',
    'relay.keystrokes': 'changed how long each keystroke is kept',
    'relay.thinned': 'let old keystrokes go, which frees, in bytes',
    'meeting.opened': 'opened a meeting on the local network',
    'meeting.joined': 'joined the meeting',
    'meeting.removed': 'took somebody out of the meeting',
    'meeting.closed': 'ended the meeting',
    ...on('note', englishNote),
    'note.kind': 'changed the kind of note',
    'note.licence': 'changed the licence',
    'note.authors': 'changed who the authors are',
    'note.template': 'made the note a template, or not',
    'note.lock': 'locked the note, or opened it again',
    'note.asked': 'asked to edit',
    'note.refused': 'refused a request',
    'note.exported': 'exported the note',
    ...on('carnet', englishGathering),
    'carnet.template': 'changed the template of the carnet’s notes',
    'carnet.exported': 'exported the carnet',
    'base.exported': 'exported the base',
    'carnet.edition': 'froze an edition of the carnet',
    'carnet.edition_withdrawn': 'withdrew an edition of the carnet',
    'carnet.edition_restored': 'put an edition of the carnet back',
    ...on('base', englishGathering),
    'document.destroyed': englishGathering.destroyed,
    'community.create': 'made the community',
    'community.change': 'changed the community’s page',
    'community.visibility': 'changed who sees the community',
    'community.role': 'changed a role',
    'community.invited': 'came in by an invitation',
    'community.asked': 'asked to join',
    'community.refused': 'refused a request',
    'community.link_note': 'linked a note',
    'community.unlink_note': 'unlinked a note',
    'community.link_carnet': 'linked a carnet',
    'community.unlink_carnet': 'unlinked a carnet',
    'community.link_base': 'linked a base',
    'community.unlink_base': 'unlinked a base',
    'thread.started': 'started a discussion',
    'thread.retracted': 'took a message back',
    'thread.resolved': 'closed a discussion',
    'thread.reopened': 'reopened a discussion',
    'thread.hidden': 'hid a message',
    'thread.shown': 'showed a message again',
    'report.note': 'reported a note',
    'report.carnet': 'reported a carnet',
    'report.base': 'reported a base',
    'report.community': 'reported a community',
    'report.message': 'reported a message',
    'report.settled': 'answered a report',
    'report.opened': 'reopened a report',
    'incident.recorded': 'entered a confidentiality incident',
    'incident.amended': 'amended the entry of a confidentiality incident',
  },
  values: {
    keystrokes: { '0': 'always', '6': '6 months', '12': '1 year', '24': '2 years' },
    role: {
      author: 'author',
      commenter: 'comments',
      reader: 'reads',
      manager: 'manager',
      contributor: 'contributor',
      responsable: 'responsable',
      administrator: 'runs this Calepin',
      member: 'member',
      organisation: 'by the organisation',
    },
    visibility: { authors: 'authors', community: 'community', members: 'members', public: 'public' },
    policy: {
      managers: 'the managers',
      contributors: 'the contributors too',
      community: 'the community',
      members: 'the members',
    },
    kind: { note: 'general note', term: 'term', organisation: 'organisation' },
    authors: { people: 'people', community: 'the responsables of the community' },
    licence: { 'all-rights-reserved': 'all rights reserved' },
    settled: { done: 'dealt with', nothing: 'nothing to do' },
    signed_in: { passkey: 'by a passkey' },
  },
};

const words: Readonly<Record<Language, RegisterWords>> = { fr: french, en: english };

/** What was done, in words; an act that this version does not know, as it is. */
export function actWords(act: string, language: Language): string {
  return (words[language].acts as Readonly<Record<string, string>>)[act] ?? act;
}

/** What an act is on, in words. */
export function kindWords(kind: RegisterKind, language: Language): string {
  return words[language].kinds[kind];
}

/** By which list the value of an act is said, where its last word does not say it. */
const saidAs: Readonly<Record<string, string>> = { invited: 'role', created: 'role' };

/** What it is now, in words; null where that is an id, or nothing. */
export function valueWords(act: string, value: string | null, language: Language): string | null {
  if (value === null || isId(value)) return null;
  const last = act.slice(act.indexOf('.') + 1);
  const known = words[language].values[saidAs[last] ?? last]?.[value];
  if (known !== undefined) return known;
  return (last === 'licence' ? licenceName(value as Licence) : null) ?? value;
}
