import { AppError } from '#shared/api/errorCodes.ts';
import { versionListSchema, versionSummarySchema } from '#shared/api/versions.ts';
import type { NoteId, PersonId, VersionId } from '#shared/domain/ids.ts';
import type { History } from '../history/History.ts';
import type { Identities } from '../Identities.ts';
import type { MirrorRecord, MirrorStore, NamedThere } from '../storage/ports/MirrorStore.ts';
import type { VersionRecord, VersionStore } from '../storage/ports/VersionStore.ts';
import type { FollowedRelays } from './FollowedRelays.ts';

interface Parts {
  readonly relays: Pick<FollowedRelays, 'fetch'>;
  readonly history: Pick<History, 'nameMoment' | 'renameVersion'>;
  readonly versions: Pick<VersionStore, 'page'>;
  readonly store: Pick<MirrorStore, 'namedThere' | 'putNamedThere'>;
  readonly identities: Pick<Identities, 'of'>;
  /** The person of this computer. */
  readonly person: PersonId;
  readonly learnPeople: (people: ReadonlyMap<string, string>) => Promise<void>;
}

/** How many of the newest are exchanged. */
const maxNamed = 500;
type Words = Pick<NamedThere, 'name' | 'remark'>;
const areSame = (a: Words, b: Words): boolean => a.name === b.name && a.remark === b.remark;

/**
 * Makes the versions that people named the same on both sides: those of the home are named here, with who did it, and those that were named here there. Of one that was named otherwise since, the words of this
 * computer count where they changed here, else the home's. Called when the home has every row that is here.
 * @throws AppError `home_unreachable`, `not_signed_in`.
 */
export async function exchangeVersions(parts: Parts, { document, relay }: MirrorRecord): Promise<void> {
  const { relays, history, versions, store, identities, person } = parts;
  const path = `/api/notes/${document}/versions`;
  const ask = async (method: string, where: string, body?: object): Promise<Response> => {
    const answer = await relays.fetch(relay, where, {
      method,
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (answer.status >= 500 || answer.status === 429)
      throw new AppError('home_unreachable', `the home answered ${answer.status}`);
    return answer;
  };
  const tell = async (method: string, where: string, words: Words & { readonly seq?: number }) => {
    const { remark, ...rest } = words;
    const answer = await ask(method, where, { ...rest, ...(remark === null ? {} : { remark }) });
    return answer.ok ? versionSummarySchema.parse(await answer.json()) : null;
  };
  const keep = (version: VersionId, there: VersionId, { name, remark }: Words): Promise<void> =>
    store.putNamedThere(document, { version, there, name, remark });

  const answer = await ask('GET', `${path}?kinds=marked&count=${maxNamed}`);
  if (!answer.ok) return;
  const there = versionListSchema.parse(await answer.json()).versions;
  const named = async (): Promise<readonly (VersionRecord & { readonly name: string })[]> =>
    (await versions.page(document, { before: null, limit: maxNamed, kinds: ['named', 'restore'] })).flatMap(
      (one) => (one.name === null ? [] : [{ ...one, name: one.name }]),
    );
  const here = new Map((await named()).map((one) => [one.id, one]));
  const known = await store.namedThere(document);
  for (const theirs of there) {
    const { id, seq, name, remark, createdAt: time, person: by } = theirs;
    if (name === null) continue;
    if (by !== null) await parts.learnPeople(new Map([[by.id, by.name]]));
    const who = by === null ? person : identities.of(by.id);
    const link = known.find((one) => one.there === id);
    const mine = link === undefined ? undefined : here.get(link.version);
    const words = { name, remark };
    if (link === undefined) {
      const made = await history.nameMoment(document as NoteId, who, words, { seq, time });
      await keep(made.id, id, words);
    } else if (mine !== undefined && !areSame(mine, link)) {
      const told = await tell('PATCH', `${path}/${id}`, { name: mine.name, remark: mine.remark });
      if (told !== null) await keep(mine.id, id, mine);
    } else if (mine !== undefined && !areSame(words, link)) {
      await history.renameVersion(document, mine.id, who, words);
      await keep(mine.id, id, words);
    }
  }
  const linked = new Set((await store.namedThere(document)).map(({ version }) => version));
  for (const mine of await named()) {
    if (linked.has(mine.id)) continue;
    const made = await tell('POST', path, { name: mine.name, remark: mine.remark, seq: mine.seq });
    if (made !== null) await keep(mine.id, made.id, mine);
  }
}
