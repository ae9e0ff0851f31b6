import type { QuebecRegion } from '#shared/domain/regions.ts';

/** What the sample is about: community organisations in Québec, made up. */
export const firstNames =
  'Ariane Béatrice Camille Catherine Chloé Danielle Élise Fatou Florence Geneviève Hélène Imane Jeanne Karine Léa Lucie Maude Maïka Mélissa Myriam Noémie Océane Pascale Rachel Rosalie Sabrina Sonia Valérie Yasmine Zoé Alexandre Amadou Benoît Carlos Christian Daniel Émile Étienne Félix Gabriel Hugo Ibrahim Jérôme Jean-François Julien Karim Laurent Louis Marc-André Mathieu Nicolas Olivier Patrick Pierre-Luc Rémi Samuel Simon Thomas Vincent Xavier'.split(
    ' ',
  );

export const lastNames =
  'Allard Arsenault Beaulieu Bélanger Bergeron Bernier Bolduc Bouchard Boudreau Boisvert Caron Chénier Cloutier Côté Couture Demers Deschênes Desjardins Diallo Dubé Dufour Dumont Fortin Fournier Gagné Gagnon Gauthier Girard Gravel Hébert Jacques Jean-Baptiste Labelle Lachance Lafleur Lambert Landry Lapointe Lavoie Leblanc Leclerc Lefebvre Lévesque Marcotte Martel Mbaye Ménard Michaud Morin Nadeau Nguyễn Ouellet Paquette Paradis Parent Pelletier Picard Poirier Poulin Proulx Rousseau Roy Savard Simard St-Pierre Talbot Tessier Thibault Tremblay Trottier Turcotte Vachon Villeneuve'.split(
    ' ',
  );

/** Towns, each with its region and where it is: latitude, longitude. */
export const towns = [
  ['Montréal', 'montreal', 45.5089, -73.5617],
  ['Québec', 'capitale-nationale', 46.8131, -71.2075],
  ['Laval', 'laval', 45.5758, -73.7533],
  ['Gatineau', 'outaouais', 45.4765, -75.7013],
  ['Longueuil', 'monteregie', 45.5312, -73.5181],
  ['Sherbrooke', 'estrie', 45.4042, -71.8929],
  ['Saguenay', 'saguenay-lac-saint-jean', 48.428, -71.0685],
  ['Lévis', 'chaudiere-appalaches', 46.7382, -71.2465],
  ['Trois-Rivières', 'mauricie', 46.3432, -72.543],
  ['Terrebonne', 'lanaudiere', 45.7, -73.6473],
  ['Saint-Jérôme', 'laurentides', 45.7804, -74.0036],
  ['Rimouski', 'bas-saint-laurent', 48.4389, -68.535],
  ['Victoriaville', 'centre-du-quebec', 46.05, -71.9667],
  ['Rouyn-Noranda', 'abitibi-temiscamingue', 48.2366, -79.0231],
  ['Sept-Îles', 'cote-nord', 50.2169, -66.3817],
  ['Gaspé', 'gaspesie-iles-de-la-madeleine', 48.8316, -64.4869],
  ['Joliette', 'lanaudiere', 46.0164, -73.4236],
  ['Alma', 'saguenay-lac-saint-jean', 48.55, -71.6491],
  ['Drummondville', 'centre-du-quebec', 45.8833, -72.4834],
  ['Saint-Hyacinthe', 'monteregie', 45.6307, -72.9569],
  ['Baie-Comeau', 'cote-nord', 49.2168, -68.149],
  ['Matane', 'bas-saint-laurent', 48.8286, -67.522],
  ['Val-d’Or', 'abitibi-temiscamingue', 48.0975, -77.7828],
  ['Granby', 'estrie', 45.4001, -72.7324],
  ['Sorel-Tracy', 'monteregie', 46.0409, -73.113],
  ['Magog', 'estrie', 45.2667, -72.1472],
  ['Thetford', 'chaudiere-appalaches', 46.0936, -71.3054],
  ['Amos', 'abitibi-temiscamingue', 48.5717, -78.1161],
  ['Chibougamau', 'nord-du-quebec', 49.9134, -74.3806],
  ['Carleton-sur-Mer', 'gaspesie-iles-de-la-madeleine', 48.1034, -66.1284],
] as const satisfies readonly (readonly [string, QuebecRegion, number, number])[];

export const places = towns.map(([name]) => name);

export const streets = [
  'rue des Érables',
  'rue Principale',
  'boulevard du Rivage',
  'chemin de la Côte',
  'avenue de l’Église',
  'rue Saint-Joseph',
  'rue du Moulin',
  '3e Avenue',
  'rang des Sources',
  'rue Notre-Dame',
] as const;

/** Of a term: what it is, and what it is for. */
export const definitionBeginnings = [
  'Manière de faire qui',
  'Lieu où l’on',
  'Outil dont on se sert quand on',
  'Personne ou groupe qui',
  'Moment où l’on',
] as const;
export const definitionEndings = [
  'décide à plusieurs de ce qui touche tout le monde',
  'met en commun ce que l’on sait et ce que l’on a',
  'accueille les personnes sans leur demander de compte',
  'cherche ensemble ce qui convient au milieu',
  'fait le point avant de continuer',
] as const;

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

export const baseTitles = [
  (_subject: string, place: string) => `Les carnets de ${place}`,
  (subject: string) => `Tout ce que nous savons sur ${subject}`,
  (subject: string, place: string) => `${place} : chantier sur ${subject}`,
] as const;

export const replies = [
  'Est-ce que quelqu’un a le compte rendu de la dernière rencontre ?',
  'Merci, c’est exactement ce que nous avons vécu ici aussi.',
  'Je propose d’ajouter le point de vue des familles.',
  'Le deuxième paragraphe est très clair. Pour le reste, on gagnerait à donner un exemple.',
  'D’accord avec vous. On en reparle à la table de quartier de mardi ?',
  'Nous avons essayé autrement : un repas d’abord, la discussion ensuite.',
] as const;
