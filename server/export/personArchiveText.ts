import { escapeHtml } from '#shared/document/escapeHtml.ts';
import type { Language } from '#shared/domain/Person.ts';

/** What the files of a person's data are called. */
export interface ArchiveNames {
  readonly archive: string;
  readonly profile: string;
  readonly communities: string;
  readonly notes: string;
  readonly note: string;
  readonly attachments: string;
  readonly carnets: string;
  readonly bases: string;
  readonly discussions: string;
  readonly messages: string;
  readonly notices: string;
  readonly reading: string;
  readonly devices: string;
  readonly register: string;
  readonly untitled: string;
}

const french: ArchiveNames = {
  archive: 'Mes données de Calepin',
  profile: 'profil.json',
  communities: 'communautes.json',
  notes: 'notes',
  note: 'note',
  attachments: 'pieces-jointes',
  carnets: 'carnets',
  bases: 'bases',
  discussions: 'discussions.json',
  messages: 'messages-envoyes.json',
  notices: 'avis.json',
  reading: 'lectures.json',
  devices: 'appareils.json',
  register: 'registre.json',
  untitled: 'Sans titre',
};

const english: ArchiveNames = {
  archive: 'My Calepin data',
  profile: 'profile.json',
  communities: 'communities.json',
  notes: 'notes',
  note: 'note',
  attachments: 'attachments',
  carnets: 'carnets',
  bases: 'bases',
  discussions: 'discussions.json',
  messages: 'sent-messages.json',
  notices: 'notices.json',
  reading: 'reading.json',
  devices: 'devices.json',
  register: 'register.json',
  untitled: 'Untitled',
};

/** The names in a person's language. */
export function archiveNames(language: Language): ArchiveNames {
  return language === 'en' ? english : french;
}

/** What is what, in both languages. @param when - the moment, as people write it in each. */
export function archiveReadme(
  names: ArchiveNames,
  who: string,
  when: Readonly<Record<Language, string>>,
): string {
  const folder = `${names.notes}/…/`;
  return `CALEPIN – LISEZ-MOI / README

FRANÇAIS

Voici tout ce que ce Calepin garde de vous, ${who}, le ${when.fr}.
Les pages .html s’ouvrent dans n’importe quel navigateur. Les fichiers .json se lisent
dans un éditeur de texte, et d’autres logiciels peuvent les reprendre. Les dates des
fichiers .json sont en temps universel (UTC).

${names.profile}
    Votre nom, votre couleur, votre rôle, votre adresse et vos façons de vous connecter.
${names.communities}
    Les communautés dont vous êtes membre ou responsable.
${folder}${names.note}.html
    Une note dont vous êtes auteur·trice, à lire. Celles de la corbeille y sont aussi.
${folder}${names.note}.json
    La même, avec ses dates, sa visibilité, sa licence, ses auteur·trices et son contenu
    complet, au format JSON de ProseMirror.
${folder}${names.attachments}/
    Les images et les fichiers de cette note.
${names.carnets}/, ${names.bases}/
    Les carnets et les bases que vous gérez : description, guide et liste de ce qui s’y
    trouve. Le titre de ce que vous ne pouvez pas lire n’y est pas.
${names.discussions}
    Ce que vous avez écrit dans les discussions.
${names.messages}
    Les messages que vous avez envoyés à des auteur·trices.
${names.notices}
    Les avis et les messages que vous avez reçus.
${names.reading}
    Les notes dont vous pouvez voir l’historique, et quand vous les avez lues. Personne
    d’autre ne le voit.
${names.devices}
    Les appareils où vous êtes en ligne.
${names.register}
    Ce que le registre des accès garde de vous.

Vos mots de passe n’y sont pas : Calepin n’en garde qu’une empreinte.
Ce fichier contient des renseignements personnels : gardez-le en lieu sûr.


ENGLISH

This is all that this Calepin keeps of you, ${who}, on ${when.en}.
The .html pages open in any browser. The .json files can be read in a text editor and
taken up by other programs. Dates in .json files are in universal time (UTC).

${names.profile}
    Your name, colour, role, address and ways of signing in.
${names.communities}
    The communities that you are a member or a responsable of.
${folder}${names.note}.html
    A note that you are an author of, to be read. Those in the trash are here too.
${folder}${names.note}.json
    The same, with its dates, visibility, licence, authors and its whole content, as
    ProseMirror JSON.
${folder}${names.attachments}/
    The pictures and files of that note.
${names.carnets}/, ${names.bases}/
    The carnets and bases that you manage: description, guide and list of what they hold.
    The title of what you may not read is not there.
${names.discussions}
    What you wrote in discussions.
${names.messages}
    The messages that you sent to authors.
${names.notices}
    The notices and messages that you received.
${names.reading}
    The notes whose history you may see, and when you last read them. Nobody else sees it.
${names.devices}
    The devices where you are signed in.
${names.register}
    What the register of accesses keeps of you.

Your passwords are not here: Calepin keeps only a fingerprint of them.
This file holds personal information: keep it in a safe place.
`;
}

/** A page that stands alone. @param body - HTML, safe to insert. */
export function archivePage(title: string, language: string, body: string): string {
  return `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 1.1rem/1.6 Georgia, serif; }
img, video { max-width: 100%; height: auto; }
table { border-collapse: collapse; }
td, th { border: 1px solid #999; padding: 0.3rem 0.6rem; }
figure { margin: 1rem 0; }
.about { color: #555; font: 0.9rem/1.5 sans-serif; }
</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${body}
</body>
</html>
`;
}
