/** Accounts of a community: signing in, making one, finding the way back. */
export const account = {
  email: 'Courriel',
  password: 'Mot de passe',
  newPassword: 'Nouveau mot de passe',
  passwordHint: 'Au moins {{min}} caractères. Quelques mots à la suite se retiennent bien.',
  showPassword: 'Montrer le mot de passe',
  checks: {
    name: 'Dites votre nom.',
    email: 'Écrivez une adresse de courriel complète, comme camille@exemple.org.',
    password: 'Écrivez votre mot de passe.',
    short: 'Choisissez au moins {{min}} caractères.',
  },
  signIn: {
    title: 'Se connecter',
    welcome: 'Bienvenue dans Calepin',
    act: 'Se connecter',
    forgotten: 'Mot de passe oublié',
    noAccount:
      'Pas encore de compte? Ouvrez le lien d’invitation que l’on vous a envoyé, ou demandez-en un à la personne qui tient ce Calepin.',
  },
  create: {
    title: 'Créer mon compte',
    act: 'Créer mon compte',
    emailHint: 'Pour vous connecter, et retrouver votre compte. Les autres ne le voient pas.',
    keeps: 'Vous restez la même personne : vos notes et ce que vous avez écrit vous suivent.',
    has: 'Vous êtes en ligne en tant que {{name}}, avec un compte. Il n’y a rien à faire ici.',
    haveOne: 'J’ai déjà un compte',
  },
  forgot: {
    title: 'Mot de passe oublié',
    text: 'Dites votre adresse. Vous recevrez un lien pour choisir un nouveau mot de passe.',
    textByHand:
      'Dites votre adresse. Ce Calepin n’envoie pas de courriels : la personne qui le tient trouvera le lien et vous le donnera.',
    act: 'Demander le lien',
    sentTitle: 'Regardez vos courriels',
    sent: 'Si {{email}} a un compte et a été confirmée, un lien est en route. Il est bon pendant une heure. Regardez aussi dans les indésirables.',
    sentTitleByHand: 'C’est demandé',
    sentByHand:
      'Si {{email}} a un compte et a été confirmée, la personne qui tient ce Calepin a maintenant un lien pour vous. Il est bon pendant une heure.',
    back: 'Revenir à la connexion',
  },
  recover: {
    title: 'Nouveau mot de passe',
    text: 'Les appareils où vous êtes en ligne devront se reconnecter.',
    act: 'Changer le mot de passe',
    doneTitle: 'Votre mot de passe est changé',
    done: 'Connectez-vous avec le nouveau.',
    noSecret: 'Ce lien est incomplet. Ouvrez-le en entier, ou demandez-en un autre.',
    again: 'Demander un autre lien',
  },
  verify: {
    working: 'Confirmation de votre adresse',
    doneTitle: 'Votre adresse est confirmée',
    done: '{{email}} vous permettra de retrouver votre compte.',
    failedTitle: 'L’adresse n’a pas pu être confirmée',
    failed:
      'Ce lien est trop ancien, ou il est celui d’un autre compte. Les réglages peuvent en envoyer un autre.',
    signInFirst: 'Connectez-vous pour confirmer votre adresse',
    toNotes: 'Aller à mes notes',
  },
  organisation: {
    signIn: 'Se connecter avec {{name}}',
    failed: 'La connexion par votre organisation n’a pas abouti. Réessayez, ou connectez-vous autrement.',
    notLinked:
      'Cette adresse a déjà un compte ici, sans que des deux côtés elle soit confirmée. Connectez-vous avec votre mot de passe, puis confirmez votre adresse.',
  },
  passkeys: {
    title: 'Clés d’accès',
    hint: 'Votre empreinte, votre visage ou le code de votre appareil, à la place du mot de passe.',
    add: 'Ajouter une clé d’accès',
    added: 'La clé d’accès est ajoutée.',
    on: 'Ajoutée le {{date}}',
    remove: 'Retirer',
    removeLabel: 'Retirer la clé d’accès « {{name}} »',
    removed: 'La clé d’accès est retirée : elle ne sert plus ici.',
    stopped: 'Rien n’a été ajouté : la demande a été fermée, ou cet appareil a déjà une clé ici.',
    signIn: 'Se connecter avec une clé d’accès',
    signInStopped: 'La demande a été fermée. Réessayez, ou utilisez votre mot de passe.',
  },
  devices: {
    title: 'Appareils connectés',
    on: '{{browser}} sur {{system}}',
    unknown: 'Appareil inconnu',
    here: 'Cet appareil',
    seen: 'Vu',
    end: 'Déconnecter',
    endLabel: 'Déconnecter {{name}}',
    ended: 'Cet appareil est déconnecté. Ce qui y était écrit et pas encore envoyé y reste.',
    everywhere: 'Se déconnecter partout',
    everywhereHint: 'Sur tous vos appareils, celui-ci compris. Utile si l’un d’eux est perdu.',
  },
  settings: {
    title: 'Compte',
    confirmed: 'Adresse confirmée',
    unconfirmed:
      'Adresse à confirmer : un lien vous a été envoyé. Sans cela, un mot de passe oublié ne peut pas être changé par courriel.',
    unconfirmedByHand:
      'Adresse à confirmer : la personne qui tient ce Calepin a un lien à vous donner. Sans cela, un mot de passe oublié ne peut pas être changé.',
    again: 'Envoyer un autre lien',
    sent: 'Un lien est en route.',
    sentByHand: 'La personne qui tient ce Calepin a un nouveau lien pour vous.',
    guest:
      'Vous êtes entré·e par un lien, sur ce navigateur seulement. Un compte vous permet de revenir de n’importe où, en restant la même personne.',
    signOut: 'Se déconnecter',
    signOutHint: 'Sur cet appareil seulement.',
  },
} as const;
