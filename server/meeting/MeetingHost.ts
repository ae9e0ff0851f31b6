import type { Server } from 'node:https';
import { AppError } from '#shared/api/errorCodes.ts';
import type { HostedMeeting, JoinedMeeting, joinMeetingSchema, MeetingContent } from '#shared/api/meeting.ts';
import type { CarnetId, DocumentId, MeetingId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { Person } from '#shared/domain/Person.ts';
import { canInviteToCollection, canReadNote } from '#shared/permissions/permissions.ts';
import { requireCollection, roleOnNote } from '../access.ts';
import { type Caller, loadCaller } from '../Caller.ts';
import type { HttpEnvironment } from '../http/environment.ts';
import type { MeetingContext } from './MeetingContext.ts';
import { leastUsedColour } from '../operations/freeColour.ts';
import { traceOf } from '../operations/traceOf.ts';
import { newId } from '../secrets.ts';
import type { MirrorFace } from '../mirror/MirrorFace.ts';
import type { MeetingGuest, MeetingRecord } from '../storage/ports/MeetingStore.ts';
import type { UpgradeQuestion } from '../ws/attachWebSocket.ts';
import type { Session } from '../ws/Session.ts';
import { backProof } from './backProof.ts';
import type { Discovery } from './Discovery.ts';
import { LocalListener } from './LocalListener.ts';
import { meetingApp } from './meetingApp.ts';
import { isSameCode, meetingCode, newMeetingSecret } from './meetingCode.ts';
import { type Certificate, newCertificate } from './newCertificate.ts';
import { WrongCodes } from './WrongCodes.ts';

/** More people than a room with one computer that hosts has. */
const maxGuests = 60;

export interface MeetingHostOptions {
  readonly relay: () => MeetingContext;
  /** The relay's routes. */
  readonly app: () => {
    fetch(request: Request, bindings?: HttpEnvironment['Bindings']): Response | Promise<Response>;
  };
  /** Of this computer, on local networks. */
  readonly addresses: () => readonly string[];
  readonly discovery: Discovery;
  /** What keeps copies of documents that live elsewhere; null where there are none. */
  readonly mirror: () => Pick<MirrorFace, 'hold'> | null;
  /** Serves the WebSockets of a server for those whom `authenticate` lets in; pages of browsers are none of them. */
  readonly attach: (
    server: Server,
    authenticate: (question: UpgradeQuestion) => Session | null,
  ) => { close(): Promise<void> };
}

type Asked = ReturnType<typeof joinMeetingSchema.parse>;
type Guest = Person & { readonly kind: 'guest' };

/** A meeting while it lasts. */
interface Running {
  readonly record: MeetingRecord;
  readonly certificate: Certificate;
  readonly listener: LocalListener;
  readonly advertised: { close(): Promise<void> };
  code: string;
  wrong: WrongCodes;
  /** Its guests, with how many sockets each has open. */
  readonly guests: Map<PersonId, number>;
}

/** Hosts a meeting on the local network: an act of the person of a computer, over when they say so or when Calepin stops. */
export class MeetingHost {
  readonly #options: MeetingHostOptions;
  #running: Running | null = null;
  /** One act at a time. */
  #acts: Promise<unknown> = Promise.resolve();

  constructor(options: MeetingHostOptions) {
    this.#options = options;
  }

  /** Ends what a process left that was killed in the middle of it. */
  async start(): Promise<void> {
    const left = await this.#relay.catalogue.meetings.current();
    if (left !== null) await this.#endRecord(left);
  }

  async state(): Promise<HostedMeeting> {
    const canHost = this.#options.addresses().length > 0;
    const running = this.#running;
    if (running === null) return { canHost, meeting: null };
    const { catalogue } = this.#relay;
    const { record, code, wrong, listener } = running;
    const guests = await catalogue.meetings.guests(record.id);
    const people = await catalogue.persons.getMany(guests.map(({ person }) => person));
    return {
      canHost,
      meeting: {
        startedAt: record.startedAt,
        mayWrite: record.mayWrite,
        carnets: await this.#titles(record.carnets),
        code,
        places: [...listener.places],
        wrongCodes: wrong.count,
        locked: wrong.isLocked,
        guests: guests.flatMap(({ person, joinedAt }) => {
          const known = people.get(person);
          if (known === undefined) return [];
          const { id, kind, name, colour } = known;
          return [{ id, kind, name, colour, joinedAt, isHere: (running.guests.get(person) ?? 0) > 0 }];
        }),
      },
    };
  }

  /** @throws AppError `conflict` while one lasts; `not_allowed` for a carnet that the caller does not manage; `no_local_network`. */
  open(caller: Caller, wanted: { carnets: readonly CarnetId[]; mayWrite: boolean }): Promise<HostedMeeting> {
    return this.#alone(async () => {
      const relay = this.#relay;
      if (caller === null || this.#running !== null)
        throw new AppError('conflict', 'a meeting lasts already');
      const carnets = [...new Set(wanted.carnets)];
      for (const id of carnets)
        await requireCollection(relay.catalogue, caller, { kind: 'carnet', id }, canInviteToCollection);
      const record: MeetingRecord = {
        id: newId<MeetingId>(),
        host: caller.id,
        carnets,
        mayWrite: wanted.mayWrite,
        startedAt: relay.now(),
        endedAt: null,
      };
      const certificate = await newCertificate(relay.now());
      const code = await meetingCode(newMeetingSecret(), certificate.fingerprint);
      const app = meetingApp(relay, this.#options.app(), {
        join: (asked, address) => this.#join(asked, address),
        leave: (person) => this.#leave(person),
        isGuest: (person) => this.#running?.guests.has(person) === true,
        content: (person) => this.#content(person),
      });
      const listener = await LocalListener.open(
        this.#options.addresses(),
        certificate,
        (request, bindings) => app.fetch(request, bindings as HttpEnvironment['Bindings']),
        (server) => this.#options.attach(server, (question) => this.#letIn(question)),
      );
      try {
        const line = { by: caller.id, act: 'meeting.opened', subjectId: record.id, person: null } as const;
        await relay.catalogue.meetings.add(
          record,
          traceOf(relay, { ...line, value: record.mayWrite ? 'write' : 'read' }),
        );
      } catch (error) {
        await listener.close();
        throw error;
      }
      const advertised = this.#options.discovery.advertise(listener.places);
      const wrong = new WrongCodes(relay.now);
      this.#running = { record, certificate, listener, advertised, code, wrong, guests: new Map() };
      await this.#holdCopies(this.#running);
      this.#tell();
      return this.state();
    });
  }

  /** Shows another code; that before is no longer good. Who is in stays in. @throws AppError `meeting_ended`. */
  renewCode(): Promise<HostedMeeting> {
    return this.#alone(async () => {
      const running = this.#current();
      running.code = await meetingCode(newMeetingSecret(), running.certificate.fingerprint);
      running.wrong = new WrongCodes(this.#relay.now);
      this.#tell();
      return this.state();
    });
  }

  /** Takes somebody out; what they wrote stays. @throws AppError `meeting_ended`, `not_allowed` for who is not in it. */
  removeGuest(by: PersonId, person: PersonId): Promise<void> {
    return this.#alone(async () => {
      const { record, guests } = this.#current();
      if (!guests.delete(person)) throw new AppError('not_allowed', 'no guest of this meeting');
      const line = { by, act: 'meeting.removed', subjectId: record.id, person, value: null } as const;
      await this.#relay.catalogue.meetings.removeGuest(person, this.#relay.now(), traceOf(this.#relay, line));
      await this.#relay.accounts.endAllSessions(person);
      this.#tell();
    });
  }

  /** Ends the meeting: nobody hears of anything any more, and nobody's session is one. Safe to call twice. */
  end(): Promise<void> {
    return this.#alone(async () => {
      const running = this.#running;
      if (running === null) return;
      this.#running = null;
      await running.advertised.close();
      await this.#endRecord(running.record);
      await running.listener.close();
      // What guests wrote in what lives elsewhere goes there.
      this.#options.mirror()?.hold(new Set());
      this.#tell();
    });
  }

  get #relay(): MeetingContext {
    return this.#options.relay();
  }

  #current(): Running {
    if (this.#running === null) throw new AppError('meeting_ended', 'there is no meeting');
    return this.#running;
  }

  #alone<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#acts.then(act);
    this.#acts = done.catch(() => undefined);
    return done;
  }

  async #endRecord({ id, host }: MeetingRecord): Promise<void> {
    const { catalogue, now, accounts } = this.#relay;
    const guests = await catalogue.meetings.guests(id);
    const line = { by: host, act: 'meeting.closed', subjectId: id, person: null, value: null } as const;
    await catalogue.meetings.end(id, now(), traceOf(this.#relay, line));
    for (const { person } of guests) await accounts.endAllSessions(person);
  }

  async #join(asked: Asked, address: string): Promise<JoinedMeeting> {
    const running = this.#current();
    const relay = this.#relay;
    running.wrong.check(address);
    if (!isSameCode(asked.code, running.code)) {
      running.wrong.add(address);
      this.#tell();
      throw new AppError('meeting_code_wrong', 'not the code of this meeting');
    }
    if (running.guests.size >= maxGuests) throw new AppError('too_many_requests', 'the meeting is full');
    const { id } = running.record;
    const back = await this.#guestOfBefore(running, asked.earlier);
    const guest =
      back === null ? await this.#newGuest(running, asked) : await this.#known(back.person, asked);
    const { id: person } = guest;
    running.guests.set(person, running.guests.get(person) ?? 0);
    if (back?.meeting !== id)
      await relay.catalogue.meetings.addGuest(
        {
          person,
          meeting: id,
          claimHash: back?.claimHash ?? asked.claim,
          backKey: back?.backKey ?? asked.back ?? null,
          joinedAt: relay.now(),
        },
        traceOf(relay, { by: person, act: 'meeting.joined', subjectId: id, person, value: null }),
      );
    const cookies = await relay.accounts.startSession(new Headers(), guest);
    const session = /=([^;]+)/.exec(cookies[0] ?? '')?.[1];
    if (session === undefined) throw new Error('a session has a cookie');
    this.#tell();
    return { session, person: guest, content: await this.#content(person) };
  }

  async #guestOfBefore(
    { record, certificate }: Running,
    proofs: readonly string[],
  ): Promise<MeetingGuest | null> {
    if (proofs.length === 0) return null;
    const shown = new Set(proofs);
    const known = await this.#relay.catalogue.meetings.mayReturn(record.id);
    return (
      known.find(
        ({ backKey }) => backKey !== null && shown.has(backProof(backKey, certificate.fingerprint)),
      ) ?? null
    );
  }

  async #newGuest(running: Running, asked: Pick<Asked, 'name' | 'colour'>): Promise<Guest> {
    const { catalogue, now } = this.#relay;
    const others = await catalogue.persons.getMany([running.record.host, ...running.guests.keys()]);
    const colour = asked.colour ?? leastUsedColour([...others.values()].map((one) => one.colour));
    const guest = { id: newId<PersonId>(), kind: 'guest', name: asked.name, colour } as const;
    await catalogue.persons.add({ ...guest, role: 'member', createdAt: now() });
    return guest;
  }

  /** Who comes again, under the name that they give now. */
  async #known(person: PersonId, { name, colour }: Pick<Asked, 'name' | 'colour'>): Promise<Guest> {
    const { persons } = this.#relay.catalogue;
    await persons.change(person, { name, ...(colour !== undefined && { colour }) });
    const known = await persons.get(person);
    if (known === null) throw new Error(`guest ${person} is gone`);
    return { id: person, kind: 'guest', name, colour: known.colour };
  }

  async #leave(person: PersonId): Promise<void> {
    this.#running?.guests.delete(person);
    await this.#relay.accounts.endAllSessions(person);
    this.#tell();
  }

  /** The meeting's documents, as a guest has them now. */
  async #content(person: PersonId): Promise<MeetingContent> {
    const running = this.#current();
    const { record } = running;
    const { catalogue } = this.#relay;
    await this.#holdCopies(running);
    const guest = await loadCaller(catalogue, person);
    const host = await catalogue.persons.get(record.host);
    const carnets = await Promise.all(
      (await this.#titles(record.carnets)).map(async (carnet) => {
        const members = (await catalogue.derived.entries(carnet.id)).map(({ member }) => member as NoteId);
        const known = await catalogue.notes.getMany(members);
        const titles = await catalogue.derived.noteLines(members);
        const notes = members.flatMap((id) => {
          const note = known.get(id);
          if (note === undefined || !canReadNote(roleOnNote(guest, note))) return [];
          return [{ id, kind: note.kind, title: titles.get(id)?.title ?? '' }];
        });
        return { ...carnet, notes };
      }),
    );
    return { host: { id: record.host, name: host?.name ?? '' }, mayWrite: record.mayWrite, carnets };
  }

  /** Where guests may write, what lives elsewhere stands still until the end: its rows would get other numbers under them with each that its home takes. */
  async #holdCopies({ record }: Running): Promise<void> {
    const mirror = this.#options.mirror();
    if (mirror === null || !record.mayWrite) return;
    const documents = new Set<DocumentId>(record.carnets);
    for (const carnet of record.carnets)
      for (const { member } of await this.#relay.catalogue.derived.entries(carnet)) documents.add(member);
    mirror.hold(documents);
  }

  async #titles(carnets: readonly CarnetId[]): Promise<{ id: CarnetId; title: string }[]> {
    const lines = await this.#relay.catalogue.derived.collectionLines(carnets);
    return carnets.map((id) => ({ id, title: lines.get(id)?.title ?? '' }));
  }

  /** A socket on the local network is a guest's, or none. */
  #letIn({ ticket, wire, document, request }: UpgradeQuestion): Session | null {
    const running = this.#running;
    if (running === null || ticket === null || wire === null) return null;
    const session = this.#relay.tickets.redeem(ticket, document, wire);
    const person = session?.person?.id;
    const open = person === undefined ? undefined : running.guests.get(person);
    if (session === null || person === undefined || open === undefined) return null;
    running.guests.set(person, open + 1);
    this.#tell();
    request.socket.once('close', () => {
      const left = running.guests.get(person);
      if (left !== undefined) running.guests.set(person, left - 1);
      this.#tell();
    });
    return session;
  }

  #tell(): void {
    this.#relay.events.emit({ type: 'meeting' });
  }
}
