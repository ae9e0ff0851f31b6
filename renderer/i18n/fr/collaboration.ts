/** What the page says of saving, of who is here, and of what ended a connection. */
export const collaboration = {
  saving: {
    label: 'État de l’enregistrement',
    opening: 'Ouverture…',
    editing: 'Modification en cours',
    savedHere: 'Enregistré sur cet appareil',
    waiting: 'Enregistré sur cet ordinateur',
    saved: 'Enregistré',
    offline: 'Hors ligne : {{reason}}',
  },
  savingDetail: {
    opening: 'Le document s’ouvre.',
    editing: 'Vos derniers mots sont encore dans cette fenêtre; ils seront gardés dans un instant.',
    savedHere: 'Vos derniers mots sont gardés sur cet appareil et sont en route.',
    waiting: 'Ce que vous avez écrit est gardé sur cet ordinateur et attend de rejoindre les autres.',
    saved: 'Tout ce que vous avez écrit est arrivé et gardé durablement.',
    pendingNone: 'Tout ce que vous avez écrit ici était déjà enregistré.',
    pendingHere: 'Ce que vous avez écrit est gardé sur cet appareil et partira dès que ce sera possible.',
    pendingMemory: 'Vos derniers mots ne sont que dans cette fenêtre : ne la fermez pas.',
    notKept:
      'Ce navigateur ne permet rien de garder sur cet appareil : ne fermez pas la fenêtre avant « Enregistré ».',
  },
  offline: {
    unreachable: 'Calepin ne répond pas',
    no_network: 'cet appareil n’a pas de réseau',
    link_lost: 'la connexion ne répond plus',
    restarting: 'Calepin redémarre',
    storage: 'rien ne peut être enregistré pour l’instant',
    too_fast: 'trop de changements à la fois, reprise dans un instant',
    too_many_open: 'trop de notes ouvertes à la fois, reprise dans un instant',
    slow_reader: 'la connexion est trop lente, reprise dans un instant',
    resync: 'reprise de la connexion',
    refused: 'un changement a été refusé',
    damaged: 'le document est abîmé',
    ended: 'la connexion est terminée',
  },
  /** One sentence for each code that ends a connection: what happened, what is safe, what to do. */
  problem: {
    malformed:
      'L’échange avec Calepin s’est mal passé. Ce que vous avez écrit est gardé sur cet appareil. Rechargez la page.',
    not_signed_in:
      'Votre session est terminée. Ce que vous avez écrit est gardé sur cet appareil. Ouvrez de nouveau votre lien pour entrer.',
    not_allowed:
      'Ce document ne vous est plus ouvert. Vos mots non envoyés sont gardés à part, pour vous. Demandez l’accès à un·e auteur·trice.',
    read_only:
      'Vous pouvez lire ce document, mais plus y écrire. Vos mots non envoyés sont gardés à part, pour vous. Demandez à un·e auteur·trice de vous rendre ce droit.',
    locked:
      'Cette note a été verrouillée telle qu’adoptée : plus personne n’y écrit. Vos mots non envoyés sont gardés à part, pour vous. Un·e auteur·trice peut la rouvrir.',
    epoch_changed:
      'Ce document a été rétabli d’une sauvegarde. Vos changements non envoyés sont gardés à part. Reprenez-y ce qui manque.',
    client_id_taken:
      'Le document a dû être rouvert. Vos mots non envoyés sont gardés à part. Continuez, et reprenez-y ce qui manque.',
    too_large:
      'Un changement était trop grand pour être enregistré. Il est gardé à part sur cet appareil. Reprenez-le par morceaux.',
    invalid_content:
      'Un changement n’a pas pu être accepté. Il est gardé à part sur cet appareil. Reprenez-en le texte.',
    document_damaged:
      'Ce document est mis de côté et ne se modifie plus. Ce que cet appareil en a de plus est gardé ici, et rien n’est effacé. Prévenez la personne qui tient ce Calepin.',
    app_outdated:
      'Ce document contient des éléments que cette version de Calepin ne connaît pas. Rien n’y est changé. Mettez l’application à jour pour le modifier.',
    unknown_content:
      'La copie de ce document sur cet appareil contient des éléments que cette version de Calepin ne connaît pas. Elle se lit, et rien n’y est changé. Si ces éléments ont été retirés depuis, vous pourrez y écrire de nouveau dès le retour de la connexion.',
    local_copy_damaged:
      'La copie de ce document sur cet appareil est abîmée. Ce qui pouvait être lu de vos mots non envoyés est gardé à part, et rien n’est effacé. Reprenez-y ce qui manque; si le document ne s’ouvre pas, rechargez la page.',
  },
  /** One sentence for each close code from which the connection comes back by itself. */
  passing: {
    resync:
      'La connexion a repris d’un point sûr. Ce que vous avez écrit est gardé. Vous n’avez rien à faire.',
    storage:
      'Calepin ne peut rien enregistrer pour l’instant. Ce que vous avez écrit reste sur cet appareil et partira dès que ce sera possible. Prévenez la personne qui tient ce Calepin si cela dure.',
    slow_reader:
      'La connexion ne suit pas. Ce que vous avez écrit est gardé sur cet appareil. La reprise se fait toute seule.',
    too_fast:
      'Trop de changements sont partis à la fois. Ils sont gardés sur cet appareil. La reprise se fait toute seule.',
    too_many_open:
      'Trop de notes sont ouvertes, ou s’ouvrent, à la fois. Ce que vous avez écrit est gardé sur cet appareil. La reprise se fait toute seule; fermez des onglets si cela dure.',
    restarting:
      'Calepin redémarre. Ce que vous avez écrit est gardé sur cet appareil et partira dès son retour. Vous pouvez continuer.',
  },
  /** The home of the document set it aside: what happened, what is safe, what to do. */
  setAside: {
    note: {
      damaged:
        'Cette note est abîmée : vous en lisez ce qui peut l’être, et elle ne se modifie plus. Rien n’en est effacé. La personne qui tient ce Calepin peut la rétablir d’une sauvegarde.',
      damagedElsewhere:
        'Cette note est abîmée dans Calepin. Vous lisez la copie de cet appareil, qui en a gardé davantage; elle ne se modifie plus, et rien n’en est effacé. Prévenez la personne qui tient ce Calepin.',
      storage: 'L’enregistrement est en panne : cette note se lit, mais ne se modifie pas pour l’instant.',
      invalid_content:
        'Un contenu de cette note n’a pas été accepté. Elle se lit, mais ne se modifie pas pour l’instant.',
      goodState: 'Son dernier bon état est du {{date}}. L’historique garde ce qui a été écrit depuis.',
    },
    carnet: {
      damaged:
        'Ce carnet est abîmé : il se lit tel qu’il était, et ne se modifie plus. Ses notes sont intactes. La personne qui tient ce Calepin peut le rétablir d’une sauvegarde.',
      storage: 'L’enregistrement est en panne : ce carnet se lit, mais ne se modifie pas pour l’instant.',
      invalid_content:
        'Un contenu de ce carnet n’a pas été accepté. Il se lit, mais ne se modifie pas pour l’instant.',
      goodState:
        'Son dernier bon état est du {{date}}. Ce qui y a changé depuis sera défait; ses notes restent telles quelles.',
    },
    base: {
      damaged:
        'Cette base est abîmée : elle se lit telle qu’elle était, et ne se modifie plus. Ses carnets sont intacts. La personne qui tient ce Calepin peut la rétablir d’une sauvegarde.',
      storage: 'L’enregistrement est en panne : cette base se lit, mais ne se modifie pas pour l’instant.',
      invalid_content:
        'Un contenu de cette base n’a pas été accepté. Elle se lit, mais ne se modifie pas pour l’instant.',
      goodState:
        'Son dernier bon état est du {{date}}. Ce qui y a changé depuis sera défait; ses carnets restent tels quels.',
    },
    goodStateIsShown:
      'Une partie repose sur ce que Calepin n’a jamais reçu, et ne peut pas être montrée. Le retour la laisse de côté et garde tout ce que vous lisez; ce qui n’était pas encore enregistré ailleurs y sera gardé dans une copie récupérée.',
    back: 'Revenir au dernier bon état',
  },
  /** The relay's word disagrees with what it had signed: what happened, what is safe, what to do. */
  doubt: {
    shorter:
      'Calepin avait signé plus de lignes du journal de ce document qu’il n’en a maintenant. Ce que cet appareil en avait est gardé, et lui a été renvoyé. Copiez la preuve et montrez-la à la personne qui tient ce Calepin.',
    altered:
      'Le journal de ce document n’est plus celui que Calepin avait signé. Votre copie sur cet appareil est intacte. Copiez la preuve et montrez-la à la personne qui tient ce Calepin.',
    other_key:
      'Ce Calepin ne signe plus avec la clé que cet appareil connaît. Rien n’est perdu et vous pouvez continuer. Demandez à la personne qui le tient si la clé a été changée.',
    copy: 'Copier la preuve',
    copied: 'Preuve copiée',
    copyFailed: 'La copie n’a pas réussi',
    seen: 'J’ai compris',
  },
  people: {
    label: 'Personnes présentes',
    self: '{{name}} (vous)',
    writing: '{{name}}, dans le texte',
    more_one: '{{count}} autre personne',
    more_many: '{{count}} autres personnes',
    more_other: '{{count}} autres personnes',
  },
  recovered: {
    title: 'Copie récupérée',
    notice_one:
      'Des mots n’ont pas pu rejoindre ce document. Ils sont gardés sur cet appareil dans une copie récupérée.',
    notice_many:
      'Des mots n’ont pas pu rejoindre ce document. Ils sont gardés sur cet appareil dans {{count}} copies récupérées.',
    notice_other:
      'Des mots n’ont pas pu rejoindre ce document. Ils sont gardés sur cet appareil dans {{count}} copies récupérées.',
    noticeAll_one:
      'Des mots n’ont pas pu rejoindre leur document. Ils sont gardés sur cet appareil dans une copie récupérée.',
    noticeAll_many:
      'Des mots n’ont pas pu rejoindre leur document. Ils sont gardés sur cet appareil dans {{count}} copies récupérées.',
    noticeAll_other:
      'Des mots n’ont pas pu rejoindre leur document. Ils sont gardés sur cet appareil dans {{count}} copies récupérées.',
    show: 'Voir la copie',
    from: 'Gardée le {{date}}',
    help: 'Copiez ce qui manque, collez-le dans le document, puis jetez la copie.',
    empty: 'Cette copie ne contient pas de texte.',
    text: 'Texte de la copie',
    copy: 'Copier',
    copied: 'Copié',
    copyFailed: 'La copie n’a pas réussi : sélectionnez le texte et copiez-le au clavier.',
    remove: 'Jeter la copie',
    removeConfirm: 'Jeter pour toujours?',
    close: 'Fermer',
  },
  outdated: {
    title: 'Mettez l’application à jour',
    readOnly: 'Lecture seule',
    reload: 'Recharger la page',
    unavailable:
      'Le texte ne peut pas être montré pour l’instant. Il est en sécurité. Réessayez dans un moment.',
    retry: 'Réessayer',
  },
} as const;
