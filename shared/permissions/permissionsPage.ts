import { contributionPolicies } from '../domain/Collection.ts';
import { visibilities } from '../domain/Visibility.ts';
import { contributionRelations, opens, policy, type Relation, type SubjectPolicy } from './policy.ts';

const words: Readonly<Record<Relation, string>> = {
  anonymous: 'anyone who is not signed in',
  signedIn: 'anyone signed in on the relay',
  otherCommunity: 'a member of another community',
  communityMember: 'a member of the linked community',
  communityResponsable: 'a responsable of the linked community',
  invitedReader: 'invited to read',
  commenter: 'invited to read and comment',
  contributor: 'a contributor by name',
  manager: 'a manager',
  author: 'an author',
  administrator: 'who keeps the relay',
};

/** `changeVisibility` → `change visibility`. */
const spaced = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

function relationTable(one: SubjectPolicy): string {
  const rows = Object.entries(one.relations).map(([relation, levels]) => ({
    relation: words[relation as Relation],
    levels: visibilities.map((visibility) => levels[visibility]),
  }));
  const hasVisibility = rows.some(({ levels }) => new Set(levels).size > 1);
  const head = hasVisibility ? ['who', ...visibilities] : ['who', 'is'];
  return table(
    head,
    rows.map(({ relation, levels }) => [relation, ...(hasVisibility ? levels : levels.slice(0, 1))]),
  );
}

function actTable(one: SubjectPolicy): string {
  const rows = Object.entries(one.acts).map(([act, { signedIn }]) => [
    `${spaced(act)}${signedIn === true ? ' (signed in)' : ''}`,
    ...one.levels.map((level) => (opens(one, level, act) ? 'yes' : '–')),
  ]);
  return table(['act', ...one.levels], rows);
}

/** docs/permissions.md, from the policy itself. */
export function permissionsPage(): string {
  const subjects = Object.entries(policy).map(([name, one]) => {
    const { inTrash } = one as SubjectPolicy;
    const trash =
      inTrash.length === 0
        ? []
        : [`In the trash, only ${inTrash.map((relation) => words[relation]).join(', ')} keeps this.`];
    const lowered = Object.entries((one as SubjectPolicy).whenLocked ?? {});
    const locked = lowered.map(([level, instead]) => `While it is locked, ${level} is ${instead}.`);
    return [
      `## A ${name}`,
      relationTable(one as SubjectPolicy),
      ...trash,
      ...locked,
      actTable(one as SubjectPolicy),
    ].join('\n\n');
  });
  const contribution = table(
    ['policy', 'who may add, of those who can read it, beside its managers'],
    contributionPolicies.map((name) => [
      name,
      contributionRelations[name].map((relation) => words[relation]).join(', ') || '–',
    ]),
  );
  return [
    '# Who may do what',
    'Written from `shared/permissions/policy.ts` by `node scripts/permissions.mjs`: change the table there, not this page. A relation gives a level, by the visibility of the thing; of several relations the strongest counts; a level opens acts. Unknown and forbidden answer alike. The responsables of the linked community are the authors of a note where it says so (`authorMode`).',
    ...subjects,
    '## Contribution policy of a carnet, and of a base',
    contribution,
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}
