/** What the sample is about: community organisations in Québec, made up. */
export const firstNames =
  'Ariane Béatrice Camille Catherine Chloé Danielle Élise Fatou Florence Geneviève Hélène Imane Jeanne Karine Léa Lucie Maude Maïka Mélissa Myriam Noémie Océane Pascale Rachel Rosalie Sabrina Sonia Valérie Yasmine Zoé Alexandre Amadou Benoît Carlos Christian Daniel Émile Étienne Félix Gabriel Hugo Ibrahim Jérôme Jean-François Julien Karim Laurent Louis Marc-André Mathieu Nicolas Olivier Patrick Pierre-Luc Rémi Samuel Simon Thomas Vincent Xavier'.split(
    ' ',
  );

export const lastNames =
  'Allard Arsenault Beaulieu Bélanger Bergeron Bernier Bolduc Bouchard Boudreau Boisvert Caron Chénier Cloutier Côté Couture Demers Deschênes Desjardins Diallo Dubé Dufour Dumont Fortin Fournier Gagné Gagnon Gauthier Girard Gravel Hébert Jacques Jean-Baptiste Labelle Lachance Lafleur Lambert Landry Lapointe Lavoie Leblanc Leclerc Lefebvre Lévesque Marcotte Martel Mbaye Ménard Michaud Morin Nadeau Nguyễn Ouellet Paquette Paradis Parent Pelletier Picard Poirier Poulin Proulx Rousseau Roy Savard Simard St-Pierre Talbot Tessier Thibault Tremblay Trottier Turcotte Vachon Villeneuve'.split(
    ' ',
  );

export const places =
  'Montréal Québec Laval Gatineau Longueuil Sherbrooke Saguenay Lévis Trois-Rivières Terrebonne Saint-Jérôme Rimouski Victoriaville Rouyn-Noranda Sept-Îles Gaspé Joliette Alma Drummondville Saint-Hyacinthe Baie-Comeau Matane Val-d’Or Granby Sorel-Tracy Magog Thetford Amos Chibougamau Carleton-sur-Mer'.split(
    ' ',
  );

/** Of an organisation: what it is, and what it is for. */
export const organisationKinds = [
  'Maison des familles',
  'Centre communautaire',
  'Coopérative d’habitation',
  'Banque alimentaire',
  'Jardins collectifs',
  'Table de concertation',
  'Maison des jeunes',
  'Popote roulante',
  'Ressourcerie',
  'Centre d’action bénévole',
  'Groupe d’entraide',
  'Atelier de réparation',
  'Cuisine collective',
  'Maison de quartier',
  'Association des locataires',
  'Centre de femmes',
] as const;

export const organisationNames = [
  'du Vieux-Moulin',
  'de la Rivière',
  'l’Éclaircie',
  'des Érables',
  'la Passerelle',
  'du Faubourg',
  'l’Embellie',
  'des Quatre-Saisons',
  'Cœur-de-l’Île',
  'de la Côte',
  'la Ruche',
  'du Grand-Pré',
  'l’Entre-Deux',
  'des Bâtisseuses et bâtisseurs',
  'du Bas-du-Fleuve',
  'la Relève',
] as const;

export const subjects = [
  'la sécurité alimentaire',
  'le logement',
  'l’accueil des personnes nouvellement arrivées',
  'la vie démocratique',
  'le partage des savoirs',
  'la francisation',
  'la mobilité',
  'le verdissement des ruelles',
  'l’entraide entre voisines et voisins',
  'la gestion des bénévoles',
  'l’éducation populaire',
  'le financement à la mission',
  'la transition écologique',
  'la santé mentale',
  'les cuisines collectives',
  'la participation des jeunes',
  'la gouvernance partagée',
  'l’inclusion numérique',
] as const;

export const titles = [
  (subject: string) => `Ce que nous avons appris sur ${subject}`,
  (subject: string, place: string) => `Portrait de quartier : ${subject} à ${place}`,
  (subject: string) => `Guide pratique : animer une rencontre sur ${subject}`,
  (subject: string, place: string) => `Compte rendu de la rencontre de ${place}`,
  (subject: string) => `Dix questions sur ${subject}`,
  (subject: string, place: string) => `L’expérience de ${place} : ${subject}`,
  (subject: string) => `Grille d’évaluation participative : ${subject}`,
  (subject: string) => `Réseaux et alliances autour de ${subject}`,
  (subject: string) => `Pourquoi ${subject} nous concerne`,
  (subject: string, place: string) => `Boîte à outils de ${place}`,
] as const;

export const headings = [
  'Mise en contexte',
  'Ce que disent les personnes participantes',
  'Démarche',
  'Constats',
  'Conditions de réussite',
  'Freins et leviers',
  'Pistes d’action',
  'Pour aller plus loin',
  'Ressources',
  'Prochaines étapes',
] as const;

/** Pieces of sentences: who, does what, how, and why. */
export const who = [
  'Les citoyen·nes du secteur',
  'Les membres du comité',
  'Plusieurs organismes partenaires',
  'L’équipe de travail',
  'Les bénévoles',
  'Les familles rencontrées',
  'Les participant·es aux ateliers',
  'Les intervenantes et intervenants',
  'La table de quartier',
  'Les voisin·es de la ruelle',
] as const;
export const does = [
  'ont mis en commun leurs observations',
  'souhaitent garder une trace des décisions',
  'rappellent l’importance de prendre le temps',
  'ont proposé de revoir la formule des rencontres',
  'constatent que les besoins ont changé depuis deux ans',
  'ont choisi d’écrire à plusieurs mains',
  'demandent que l’information circule mieux',
  'ont expérimenté une nouvelle façon d’accueillir',
  'insistent sur la confiance et la réciprocité',
  'ont documenté les essais et les erreurs',
] as const;
export const how = [
  'au fil de douze rencontres',
  'avec peu de moyens, mais beaucoup de cœur',
  'en s’appuyant sur ce qui existait déjà',
  'sans attendre un financement récurrent',
  'grâce à une salle prêtée par la municipalité',
  'pendant les mois d’hiver',
  'en invitant des personnes peu entendues',
  'autour d’un repas partagé',
  'd’une saison à l’autre',
  'avec l’aide d’une animatrice d’expérience',
] as const;
export const why = [
  'afin que personne ne reste de côté',
  'pour que les apprentissages servent à d’autres',
  'parce que la mémoire collective se perd vite',
  'afin de nourrir la réflexion du conseil d’administration',
  'pour mieux répondre à l’appel de la prochaine année',
  'de sorte que chacun·e puisse y trouver sa place',
  'et le résultat a surpris tout le monde',
  'ce qui a permis de tisser des liens durables',
  'comme le veut la mission de l’organisme',
  'avant que l’équipe ne se renouvelle',
] as const;

export const carnetTitles = [
  (subject: string) => `Carnet de route : ${subject}`,
  (subject: string, place: string) => `${place} se raconte`,
  (subject: string) => `Récits de pratique sur ${subject}`,
  (subject: string, place: string) => `Actes du colloque de ${place}`,
  (subject: string) => `Boîte à outils : ${subject}`,
] as const;

export const categoryNames = [
  'Récits',
  'Outils',
  'Bilans',
  'Réflexions',
  'Portraits',
  'Questions',
  'Références',
] as const;
