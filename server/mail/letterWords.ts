import type { NoticeKind } from '#shared/domain/Notice.ts';
import type { Language } from '#shared/domain/Person.ts';

/** The words that letters about notices are made of. What a notice says stands under the title of what it is about. */
export interface LetterWords {
  readonly hello: (name: string) => string;
  readonly someone: string;
  readonly untitled: string;
  readonly aCarnet: string;
  readonly digestSubject: (count: number) => string;
  readonly digestIntro: string;
  /** Heading of what is linked to no community. */
  readonly elsewhere: string;
  readonly more: (count: number) => string;
  readonly sentence: Readonly<Record<NoticeKind, (name: string, carnet: string) => string>>;
  readonly messageSubject: (name: string, title: string) => string;
  readonly messageIntro: (name: string, title: string) => string;
  readonly answer: string;
  readonly noAddress: string;
  readonly choose: string;
  readonly stop: string;
  readonly page: {
    readonly title: string;
    readonly ask: string;
    readonly act: string;
    readonly done: string;
    readonly invalid: string;
  };
}

const french: LetterWords = {
  hello: (name) => `Bonjour ${name},`,
  someone: 'Quelqu’un',
  untitled: 'Sans titre',
  aCarnet: 'un carnet',
  digestSubject: (count) => `Calepin : ${count} ${count < 2 ? 'nouvel avis' : 'nouveaux avis'}`,
  digestIntro: 'Voici ce que vous n’avez pas encore lu.',
  elsewhere: 'Hors des communautés',
  more: (count) => `et ${count} ${count < 2 ? 'autre' : 'autres'}`,
  sentence: {
    join_asked: (name) => `${name} demande à rejoindre la communauté`,
    join_approved: () => 'Vous en êtes maintenant membre',
    join_refused: () => 'Votre demande de la rejoindre n’a pas été acceptée',
    community_role: (name) => `${name} y a changé votre rôle`,
    community_left: (name) => `${name} a quitté la communauté`,
    member_joined: (name) => `${name} en est maintenant membre`,
    edit_asked: (name) => `${name} demande à l’écrire avec vous`,
    edit_approved: () => 'Vous en êtes maintenant auteur·trice',
    edit_refused: () => 'Votre demande de l’écrire n’a pas été acceptée',
    author_added: (name) => `${name} vous a ajouté·e aux auteur·trices`,
    author_removed: (name) => `${name} vous a retiré·e des auteur·trices`,
    author_joined: (name) => `${name} l’écrit maintenant avec vous`,
    note_locked: (name) => `${name} l’a verrouillée : elle ne se modifie plus`,
    note_unlocked: (name) => `${name} l’a rouverte : elle se modifie de nouveau`,
    discussed: (name) => `${name} a écrit dans la discussion`,
    mentioned: (name) => `${name} vous a nommé·e dans la discussion`,
    announced: (name) => `${name} ouvre une discussion`,
    integrated: (name, carnet) => `${name} l’a intégrée dans « ${carnet} »`,
    changed: (_name, carnet) => `Modifiée depuis votre intégration dans « ${carnet} »`,
    reported: () => 'Un signalement attend d’être examiné',
    message_hidden: () => 'Un de vos messages y est masqué par les personnes qui tiennent ce Calepin',
    message_shown: () => 'Un de vos messages y est montré de nouveau',
    message: (name) => `${name} vous écrit`,
  },
  messageSubject: (name, title) => `${name} vous écrit au sujet de « ${title} »`,
  messageIntro: (name, title) => `${name} vous écrit au sujet de « ${title} » :`,
  answer: 'Répondre dans Calepin',
  noAddress: 'Ne répondez pas à ce courriel : personne ne le lirait. Votre adresse n’est montrée à personne.',
  choose: 'Choisir mes avis',
  stop: 'Ne plus recevoir de courriels d’avis',
  page: {
    title: 'Courriels d’avis',
    ask: 'Calepin ne vous enverra plus de courriels d’avis. Vos avis restent dans l’application.',
    act: 'Ne plus recevoir de courriels d’avis',
    done: 'C’est fait : vous ne recevrez plus de courriels d’avis. Vous pouvez les reprendre dans vos réglages.',
    invalid: 'Ce lien n’est pas, ou n’est plus, bon. Vous pouvez choisir vos avis dans vos réglages.',
  },
};

const english: LetterWords = {
  hello: (name) => `Hello ${name},`,
  someone: 'Someone',
  untitled: 'Untitled',
  aCarnet: 'a carnet',
  digestSubject: (count) => `Calepin: ${count} new ${count === 1 ? 'notice' : 'notices'}`,
  digestIntro: 'Here is what you have not read yet.',
  elsewhere: 'Outside communities',
  more: (count) => `and ${count} more`,
  sentence: {
    join_asked: (name) => `${name} asks to join the community`,
    join_approved: () => 'You are now a member',
    join_refused: () => 'Your request to join was not accepted',
    community_role: (name) => `${name} changed your role there`,
    community_left: (name) => `${name} has left the community`,
    member_joined: (name) => `${name} is now a member`,
    edit_asked: (name) => `${name} asks to write it with you`,
    edit_approved: () => 'You are now an author',
    edit_refused: () => 'Your request to write it was not accepted',
    author_added: (name) => `${name} added you to the authors`,
    author_removed: (name) => `${name} took you off the authors`,
    author_joined: (name) => `${name} now writes it with you`,
    note_locked: (name) => `${name} locked it: it can be changed no more`,
    note_unlocked: (name) => `${name} opened it again: it can be changed`,
    discussed: (name) => `${name} wrote in the discussion`,
    mentioned: (name) => `${name} mentioned you in the discussion`,
    announced: (name) => `${name} opens a discussion`,
    integrated: (name, carnet) => `${name} added it to “${carnet}”`,
    changed: (_name, carnet) => `Changed since you added it to “${carnet}”`,
    reported: () => 'A report waits to be looked at',
    message_hidden: () => 'A message of yours is hidden there by the people who look after this Calepin',
    message_shown: () => 'A message of yours is shown there again',
    message: (name) => `${name} writes to you`,
  },
  messageSubject: (name, title) => `${name} writes to you about “${title}”`,
  messageIntro: (name, title) => `${name} writes to you about “${title}”:`,
  answer: 'Answer in Calepin',
  noAddress: 'Do not reply to this e-mail: nobody would read it. Your address is shown to nobody.',
  choose: 'Choose my notices',
  stop: 'Receive no e-mail about notices',
  page: {
    title: 'E-mails about notices',
    ask: 'Calepin will send you no e-mail about notices any more. Your notices stay in the application.',
    act: 'Receive no e-mail about notices',
    done: 'Done: you will receive no e-mail about notices. You can have them again from your settings.',
    invalid: 'This link is not, or no longer, good. You can choose your notices in your settings.',
  },
};

/** The words for a language. */
export function letterWords(language: Language): LetterWords {
  return language === 'en' ? english : french;
}
