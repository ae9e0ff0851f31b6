/** The frame of the application, its errors and its settings. */
export const app = {
  name: 'Calepin',
  skip: 'Aller au contenu',
  sidebar: 'Navigation',
  page: 'Page',
  details: 'Détails',
  showSidebar: 'Montrer la navigation',
  hideSidebar: 'Masquer la navigation',
  showDetails: 'Montrer les détails',
  hideDetails: 'Masquer les détails',
  close: 'Fermer',
  cancel: 'Annuler',
  save: 'Enregistrer',
  add: 'Ajouter',
  undo: 'Annuler',
  retry: 'Réessayer',
  copy: 'Copier',
  copied: 'Copié',
  more: 'Autres actes',
  loading: 'Chargement…',
  open: 'Ouvrir',
  home: 'Toutes les notes',
  backHome: 'Revenir à toutes les notes',
  untitled: 'Sans titre',
  notFound: {
    title: 'Cette page n’existe pas',
    text: 'L’adresse est peut-être incomplète. Vos notes sont toujours là.',
  },
  notAllowed: {
    title: 'Cette page ne vous est pas ouverte',
    text: 'Elle n’existe pas, elle a été retirée, ou ses auteur·trices ne l’ont pas partagée avec vous. Demandez-leur un lien d’invitation.',
  },
  broken: {
    title: 'Cette page n’a pas pu s’afficher',
    text: 'Ce que vous avez écrit est en sécurité. Rechargez la page; si cela recommence, revenez à toutes les notes.',
    reload: 'Recharger la page',
  },
  signedOut: {
    title: 'Bienvenue dans Calepin',
    text: 'Pour entrer, ouvrez le lien d’invitation que l’on vous a envoyé. Vous n’aurez qu’à dire votre nom.',
    local:
      'Si Calepin tourne sur votre ordinateur, ouvrez le lien complet affiché dans la fenêtre où vous l’avez démarré.',
    invalidLaunch:
      'Ce lien de démarrage ne sert plus. Redémarrez Calepin, puis ouvrez le lien complet qu’il affiche.',
  },
  shownFrom: 'Hors ligne : tel que gardé ici le {{moment}}',
  unreachable: {
    title: 'Calepin ne répond pas',
    text: 'Ce que vous avez écrit sur cet appareil y est toujours. Vérifiez votre connexion, puis réessayez.',
  },
  picker: {
    more: 'Encore {{rest}}. Écrivez un mot pour préciser.',
  },
  palette: {
    label: 'Aller à une note, un carnet, une base ou un acte',
    placeholder: 'Chercher une note, un carnet, un acte…',
    nothing: 'Rien ne porte ce nom. Essayez un autre mot.',
    acts: 'Actes',
    notes: 'Notes',
    carnets: 'Carnets',
    bases: 'Bases',
  },
  find: {
    label: 'Rechercher dans la page',
    query: 'Rechercher',
    count: '{{current}} sur {{total}}',
    none: 'Aucun résultat',
    next: 'Résultat suivant',
    previous: 'Résultat précédent',
    close: 'Fermer la recherche',
  },
  problem: {
    kinds: {
      disk_full: {
        title: 'Le disque est plein',
        text: 'Calepin ne peut plus rien enregistrer. Libérez de la place sur cet ordinateur, puis réessayez.',
      },
      folder: {
        title: 'Calepin ne peut pas écrire dans son dossier',
        text: 'Vérifiez que ce dossier est toujours là et que vous pouvez y écrire, puis réessayez.',
      },
      damaged: {
        title: 'Les données de Calepin sont abîmées',
        text: 'Rien n’a été effacé. Gardez une copie de ce dossier avant toute chose, puis demandez de l’aide.',
      },
      busy: {
        title: 'Calepin est déjà ouvert',
        text: 'Un autre Calepin se sert de ce dossier. Fermez-le, puis réessayez.',
      },
      newer: {
        title: 'Vos notes viennent d’un Calepin plus récent',
        text: 'Mettez l’application à jour. Vos notes restent comme elles sont.',
      },
      other: {
        title: 'Calepin n’a pas pu démarrer',
        text: 'Réessayez. Si cela continue, le journal ci-dessous aidera à comprendre pourquoi.',
      },
    },
    safe: 'Ce qui était affiché comme enregistré est toujours sur cet ordinateur.',
    folder: 'Dossier',
    log: 'Journal',
    openFolder: 'Ouvrir le dossier',
    still: 'Cela n’a pas encore marché.',
    kept: 'Vos textes',
    keptHint:
      'Les notes que vous avez ouvertes ont une copie ici. Vous pouvez reprendre leur texte tout de suite.',
    copy: 'Copier le texte',
    copyAll: 'Tout copier',
    copied: 'C’est copié.',
  },
  shortcuts: {
    title: 'Raccourcis clavier',
    everywhere: 'Partout',
    inNote: 'Dans une note',
    inCarnet: 'Dans un carnet',
    palette: 'Tout chercher par son nom',
    newNote: 'Nouvelle note',
    sidebar: 'Montrer ou masquer la navigation',
    details: 'Montrer ou masquer les détails',
    columns: 'Passer d’une colonne à l’autre',
    list: 'Cette liste',
    edit: 'Modifier la note',
    read: 'Revenir à la lecture',
    version: 'Enregistrer une version nommée',
    link: 'Lier une note',
    insert: 'Insérer un bloc',
    comment: 'Commenter les mots choisis',
    who: 'Savoir qui a écrit les mots choisis',
    find: 'Rechercher dans la note',
    toolbar: 'Aller à la barre d’outils',
    headings: 'Titres de niveau 1 à 4',
    move: 'Monter ou descendre une note',
    escape: 'Échap',
    shift: 'Maj',
  },
  codes: {
    invalid_request: 'La demande n’a pas été comprise. Rechargez la page et recommencez.',
    not_signed_in: 'Votre session est terminée. Connectez-vous, ou ouvrez de nouveau votre lien.',
    not_allowed: 'Cet acte ne vous est pas ouvert. Demandez-le à un·e auteur·trice.',
    not_found_route: 'Cette adresse n’existe pas.',
    invitation_invalid:
      'Cette invitation n’est plus valable : elle est expirée ou a été retirée. Demandez-en une autre.',
    sign_in_failed:
      'Le courriel ou le mot de passe n’est pas le bon. Vérifiez-les, ou choisissez un nouveau mot de passe.',
    passkey_failed: 'Cette clé d’accès n’a pas été reconnue. Réessayez, ou utilisez votre mot de passe.',
    sign_in_again: 'Par prudence, déconnectez-vous, reconnectez-vous, puis recommencez.',
    email_taken: 'Cette adresse a déjà un compte ici. Connectez-vous avec elle.',
    link_invalid: 'Ce lien ne sert plus : il a déjà servi, ou il est trop ancien. Demandez-en un autre.',
    launch_invalid: 'Ce lien de démarrage ne sert plus. Redémarrez Calepin et ouvrez le lien qu’il affiche.',
    too_large: 'C’est trop lourd pour être gardé ici. Réduisez le fichier et recommencez.',
    type_not_supported: 'Ce genre de fichier ne peut pas être ajouté.',
    too_many_requests: 'Trop de demandes à la fois. Attendez un instant et recommencez.',
    quota_exceeded:
      'Ce fichier est plus lourd que l’espace qu’il vous reste : il n’est pas gardé. Ce que vous écrivez l’est toujours.',
    storage_full:
      'Le disque est plein : rien de nouveau ne peut être gardé. Ce qui est déjà enregistré l’est toujours.',
    storage_failed:
      'L’enregistrement a échoué. Ce que vous avez écrit reste sur cet appareil; de nouveaux essais sont en cours.',
    document_damaged:
      'C’est impossible tant que ce document est abîmé. Rien n’en est effacé. La personne qui tient ce Calepin peut le rétablir d’une sauvegarde.',
    app_outdated:
      'Cette note demande une version plus récente de Calepin. Mettez l’application à jour; d’ici là, vous pouvez la lire.',
    epoch_changed:
      'Cette note a été rétablie d’une sauvegarde. Rechargez la page; vos changements non envoyés sont gardés à part.',
    export_unavailable: 'L’export en PDF n’est pas possible ici. Utilisez l’impression de votre navigateur.',
    export_failed: 'Le PDF n’a pas pu être fait. Vos notes n’ont pas changé. Réessayez.',
    import_unreadable:
      'Ce fichier ne peut pas être lu : il est abîmé, protégé par un mot de passe, ou n’est pas ce que dit son nom.',
    archive_damaged:
      'Cette archive n’est plus telle qu’elle a été faite : rien n’en est repris. Demandez-en une autre copie.',
    archive_newer: 'Cette archive vient d’un Calepin plus récent : mettez le vôtre à jour, puis reprenez-la.',
    import_empty: 'Il n’y a là aucun fichier Markdown, Word, HTML ou texte dont faire une note.',
    import_too_large:
      'C’est trop pour un seul import (au plus 256 Mo, 2 000 notes, 10 000 fichiers). Importez en plusieurs fois, ou reprenez une grande archive dans l’application de bureau.',
    export_cancelled: 'L’export a été arrêté. Rien n’a été gardé.',
    home_unreachable:
      'Ce changement demande le réseau : le relais où vit ce document ne répond pas. Réessayez plus tard.',
    no_relay_there:
      'Aucun Calepin de communauté ne répond à cette adresse. Vérifiez-la, et votre connexion, puis réessayez.',
    meeting_not_found:
      'Aucune rencontre ne se trouve sur ce réseau. Vérifiez que les deux ordinateurs sont sur le même réseau, ou tapez l’adresse que l’hôte vous montre.',
    meeting_unreachable:
      'Aucune rencontre ne répond à cette adresse. Vérifiez-la auprès de l’hôte, et que les deux ordinateurs sont sur le même réseau.',
    meeting_code_wrong:
      'Ce code n’est pas celui de l’ordinateur qui répond. Rien ne lui a été envoyé. Relisez le code avec l’hôte; s’il est exact, quelqu’un d’autre répond peut-être à sa place : ne continuez pas.',
    meeting_locked:
      'Trop de codes faux ont été essayés : plus personne n’entre. Demandez à l’hôte un nouveau code.',
    meeting_ended: 'La rencontre est terminée. Ce que vous avez écrit est gardé sur cet appareil.',
    no_local_network: 'Cet ordinateur n’est sur aucun réseau local. Joignez un réseau, puis recommencez.',
    conflict: 'C’est impossible pour l’instant : quelque chose a changé entre-temps. Rechargez la page.',
    node_outdated: 'Ce Calepin doit être mis à jour par la personne qui le tient.',
    config_invalid: 'Ce Calepin est mal réglé. Prévenez la personne qui le tient.',
    port_in_use: 'Un autre programme occupe la place de Calepin. Fermez-le et recommencez.',
    internal: 'Quelque chose s’est mal passé de notre côté. Rien n’a été perdu. Réessayez.',
    unreachable: 'Calepin ne répond pas. Vérifiez votre connexion et réessayez.',
  },
} as const;
