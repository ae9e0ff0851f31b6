// How long the relay takes to answer for each kind of page of a large relay, and what memory it then has.
//   CALEPIN_DATA=/tmp/sample npm run sample
//   node test/bench/pages.mjs /tmp/sample [rounds]
// An ordinary member asks for what members see, an administrator for the administration, a visitor for the public pages and feeds.
import process from 'node:process';
import { circumstances, cpuMs, longest, memoryMb, quantile, startLargeRelay } from './lib/largeRelay.mjs';

const [folder = '', roundsText = '60'] = process.argv.slice(2);
const rounds = Number(roundsText);
const { asMember, asAdministrator, asVisitor, child, stop, readyAfterMs } = await startLargeRelay(folder);
const read = async (ask, where) => JSON.parse(await ask(where));

const list = await read(asMember, '/api/notes?limit=500&sort=modified');
const { carnets } = await read(asMember, '/api/carnets');
const { bases } = await read(asMember, '/api/bases');
const { communities } = await read(asMember, '/api/communities');
const { people } = await read(asAdministrator, '/api/administration/people');
const organisations = (await read(asMember, '/api/notes?limit=500&kind=organisation')).notes;
const terms = (await read(asMember, '/api/notes?limit=500&kind=term')).notes;
const { url: ownFeed } = JSON.parse(await asMember('/api/feed', { method: 'POST' }));
const [longCarnet, longBase, longCommunity] = [carnets, bases, communities].map(longest);
console.log(circumstances());
console.log(
  `ready after ${(readyAfterMs / 1000).toFixed(1)} s; ${list.total} notes, ${carnets.length} carnets and ${bases.length} bases to read; ` +
    `the longest carnet has ${longCarnet.memberCount} notes, the longest base ${longBase.memberCount} carnets\n`,
);
const pick = (from) => from[Math.floor(Math.random() * from.length)];
const isPublic = ({ visibility }) => visibility === 'public';
const words = ['logement', 'quartier', 'entraide hiver', 'bénévol', 'cit'];
/** Of what a page asks for: everything at once, as it does. */
const both = (ask, ...wheres) => Promise.all(wheres.map((where) => ask(where)));
const note = (from) => {
  const { id } = pick(from);
  return both(asMember, `/api/notes/${id}`, `/api/notes/${id}/content`);
};

const pages = {
  'library, first 100': () => asMember('/api/notes?limit=100&sort=modified'),
  'library by title, from the 9,000th': () => asMember('/api/notes?limit=100&sort=title&offset=9000'),
  'library, organisations of a region': () =>
    both(asMember, '/api/organisations/regions', '/api/notes?limit=100&kind=organisation&region=montreal'),
  trash: () => both(asMember, '/api/notes?trash=1', '/api/carnets?trash=1', '/api/bases?trash=1'),
  'note and its content': () => note(list.notes),
  'term and its content': () => note(terms),
  'organisation and its content': () => note(organisations),
  'discussions of a note': () => asMember(`/api/notes/${pick(list.notes).id}/threads`),
  'who did what to a note': () => asMember(`/api/notes/${pick(list.notes).id}/acts`),
  'all carnets': () => asMember('/api/carnets'),
  carnet: () => asMember(`/api/carnets/${pick(carnets).id}`),
  'carnet, the longest': () => asMember(`/api/carnets/${longCarnet.id}`),
  'search in the longest carnet': () => asMember(`/api/carnets/${longCarnet.id}/search?q=${pick(words)}`),
  'all bases': () => asMember('/api/bases'),
  base: () => asMember(`/api/bases/${pick(bases).id}`),
  'base, the longest': () => asMember(`/api/bases/${longBase.id}`),
  search: () => asMember(`/api/search?q=${pick(words)}`),
  'all communities': () => asMember('/api/communities'),
  'community, with its discussions': () => asMember(`/api/communities/${pick(communities).id}`),
  'community, the largest': () => asMember(`/api/communities/${longCommunity.id}`),
  profile: () => {
    const { id } = pick(people);
    return both(asMember, `/api/people/${id}`, `/api/notes?author=${id}&limit=50`);
  },
  notices: () => asMember('/api/notices'),
  'account, settings, sessions': () =>
    both(asMember, '/api/session', '/api/sessions', '/api/notices/settings', '/api/feed'),
  'leaving the relay': () => asMember('/api/account/leaving'),
  'administration: people': () => asAdministrator('/api/administration/people'),
  'account: room taken': () => asMember('/api/storage'),
  'administration: storage': () => asAdministrator('/api/administration/storage'),
  'administration: register': () => asAdministrator('/api/administration/register'),
  'administration: reports': () => asAdministrator('/api/administration/reports'),
  'public note': () => asVisitor(`/notes/${pick(list.notes.filter(isPublic)).id}`),
  'public organisation': () => asVisitor(`/notes/${pick(organisations.filter(isPublic)).id}`),
  'public carnet': () => asVisitor(`/carnets/${pick(carnets.filter(isPublic)).id}`),
  'public carnet, the longest': () => asVisitor(`/carnets/${longCarnet.id}`),
  'public base, the longest': () => asVisitor(`/bases/${longBase.id}`),
  'public community': () => asVisitor(`/communities/${pick(communities.filter((one) => one.isPublic)).id}`),
  'form to report a page': () => asVisitor(`/report/notes/${pick(list.notes.filter(isPublic)).id}`),
  'feed of a note': () => asVisitor(`/flux/notes/${pick(list.notes.filter(isPublic)).id}`),
  'feed of the longest carnet': () => asVisitor(`/flux/carnets/${longCarnet.id}`),
  'feed of the longest base': () => asVisitor(`/flux/bases/${longBase.id}`),
  'feed of a community': () =>
    asVisitor(`/flux/communities/${pick(communities.filter((one) => one.isPublic)).id}`),
  'feed of one’s own': () => asVisitor(new URL(ownFeed).pathname),
  sitemap: () => asVisitor('/sitemap.xml'),
};
console.log(
  '| page | p50 ms | p95 ms | most ms | CPU ms | kB | MB after |\n|---|---:|---:|---:|---:|---:|---:|',
);
for (const [name, load] of Object.entries(pages)) {
  const times = [];
  let bytes = 0;
  const before = cpuMs(child.pid);
  for (let round = 0; round < rounds; round++) {
    const at = performance.now();
    bytes = [await load()].flat().join('').length;
    times.push(performance.now() - at);
  }
  const cpu = ((cpuMs(child.pid) - before) / times.length).toFixed(1);
  const ms = [0.5, 0.95, 1].map((share) => quantile(times, share).toFixed(0));
  console.log(
    `| ${name} | ${ms.join(' | ')} | ${cpu} | ${(bytes / 1024).toFixed(0)} | ${memoryMb(child.pid).now} |`,
  );
}
const { now, most } = memoryMb(child.pid);
console.log(`\nmemory of the relay afterwards: ${now} MB, at most ${most} MB`);
console.log(circumstances());
await stop();
