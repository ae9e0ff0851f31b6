import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { pino } from 'pino';
import { maxImportBytes } from '#shared/api/imports.ts';
import { schemaVersion } from '#shared/document/schema.ts';
import { nameInRow } from '#shared/protocol/mirrorMessages.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { documentPolicy, requirePerson } from './access.ts';
import { Accounts } from './accounts/Accounts.ts';
import { printingMailer } from './accounts/Mailer.ts';
import { loadCaller } from './Caller.ts';
import { ensureLocalPerson } from './ensureLocalPerson.ts';
import { ExportJobs } from './export/ExportJobs.ts';
import { PagePictures } from './export/pages/PagePictures.ts';
import { loadSiteStyle } from './export/site/loadSiteStyle.ts';
import { createApp } from './http/createApp.ts';
import { History } from './history/History.ts';
import type { HttpEnvironment } from './http/environment.ts';
import type { HttpRelay } from './http/HttpRelay.ts';
import { Sessions } from './http/sessions.ts';
import { systemTimers, type Timers } from './history/Timers.ts';
import { authoredLog, Identities } from './Identities.ts';
import { Indexer } from './indexer/Indexer.ts';
import { ImportJobs } from './import/ImportJobs.ts';
import { LaunchSecret } from './LaunchSecret.ts';
import { gatherArchive } from './operations/archive/gatherArchive.ts';
import { makeArchive } from './operations/archive/makeArchive.ts';
import { meetArchive } from './operations/archive/meetArchive.ts';
import { createAdministratorInvitation } from './operations/createInvitation.ts';
import { clearBrokenImport, makeImport } from './operations/makeImport.ts';
import { meetBeside } from './operations/meetBeside.ts';
import { emptyTrash } from './operations/emptyTrash.ts';
import { addNewcomer } from './operations/addNewcomer.ts';
import { forgetLeaving } from './operations/forgetPerson.ts';
import { bookPlace, gatherBook } from './operations/gatherBook.ts';
import { gatherPerson } from './operations/gatherPerson.ts';
import { record } from './operations/traceOf.ts';
import { tellOfChanges, tellOfIntegrations } from './operations/tellOfCarnet.ts';
import { MeetingHost } from './meeting/MeetingHost.ts';
import { localAddresses } from './meeting/localAddresses.ts';
import { MeetingCopies } from './meeting/MeetingCopies.ts';
import { multicastDiscovery } from './meeting/multicastDiscovery.ts';
import { NoticeLetters } from './mail/NoticeLetters.ts';
import { thinNote } from './thinning/thinNote.ts';
import { ThinningKeeper } from './thinning/ThinningKeeper.ts';
import { createBackups } from './backup/createBackups.ts';
import { TrashKeeper } from './TrashKeeper.ts';
import { HomeAnswers } from './mirror/HomeAnswers.ts';
import { createFollower, createJoinedMeetings } from './mirror/createFollower.ts';
import { copyDuties } from './mirror/copyDuties.ts';
import { joinRelays } from './mirror/joinRelays.ts';
import { Mirror } from './mirror/Mirror.ts';
import type { RelayAdapters } from './relayAdapters.ts';
import type { RelayOptions } from './RelayOptions.ts';
import { StorageQuota } from './StorageQuota.ts';
import { RelayEvents } from './RelayEvents.ts';
import { Statements } from './Statements.ts';
import { noMeter } from './metrics/Meter.ts';
import { PrometheusMeter } from './metrics/PrometheusMeter.ts';
import { serveMetrics } from './metrics/serveMetrics.ts';
import { Proofs } from './proof/Proofs.ts';
import { createDocuments } from './room/createDocuments.ts';
import { newId } from './secrets.ts';
import { attachWebSocket } from './ws/attachWebSocket.ts';
import { TicketOffice } from './ws/TicketOffice.ts';

/** Whoever opens connections and never finishes asking is hung up on (threat model, A10). What a request brings may take longer. */
const serverOptions = { headersTimeout: 5_000, connectionsCheckingInterval: 1_000 };

/** Where the desktop's pages come from. */
const desktopOrigin = 'app://bundle';

/** A relay: the engine of Calepin. */
export interface Relay {
  /** The HTTP side, for requests without a socket. */
  readonly app: Hono<HttpEnvironment>;
  readonly operations: HttpRelay;
  /** The port of `/metrics`; null before `listen`, and where there is none. */
  readonly metricsPort: number | null;
  /** The address that it listens on; null before `listen`. */
  readonly port: number | null;
  /** Where people reach it. Needs `listen`, unless a public address was given. */
  readonly url: string;
  /** Opens the port. @throws the error of the system, `EADDRINUSE` for a port that is taken. */
  listen(): Promise<{ url: string; port: number }>;
  /** A new launch secret for the local person; the one before is no longer good. It only makes sessions: `<url>/#launch=<secret>`. */
  renewLaunchSecret(): string;
  /** Makes the one-time link for the first administrator of a community relay. @param again - although one was made before. @returns null when one was made before. */
  createAdministratorLink(again?: boolean): Promise<string | null>;
  /** Stops: no new request, sockets closed with 1012, everything stored, the adapters closed. Safe to call twice. */
  close(): Promise<void>;
}

async function ensureRelayId(adapters: RelayAdapters): Promise<string> {
  const { settings } = adapters.catalogue;
  await settings.setIfAbsent('relay-id', newId());
  return (await settings.get('relay-id')) ?? '';
}

/**
 * Puts a relay together over its storage. It answers once `listen` resolves; documents that changed while no indexer ran are indexed meanwhile.
 * @param adapters - closed by the relay's `close`.
 */
export async function createRelay(options: RelayOptions, adapters: RelayAdapters): Promise<Relay> {
  const logger = options.logger ?? pino({ level: 'silent' });
  const clock = options.timers ?? systemTimers;
  const now = options.now ?? (() => clock.now());
  const timers: Timers = options.timers ?? { ...systemTimers, now };
  const { catalogue, log, versions, sittings } = adapters;
  const relayId = await ensureRelayId(adapters);
  const identities = await Identities.load(catalogue.identities);
  const statements = await Statements.load(catalogue.statements, identities);
  const told = authoredLog(log, identities);
  const localPerson = options.mode === 'local' ? await ensureLocalPerson(catalogue.persons, now) : null;

  const https = options.publicUrl?.startsWith('https:') === true;
  const events = new RelayEvents();
  const meter = options.metricsPort == null ? null : new PrometheusMeter(() => documents.stats());
  const documents = createDocuments({
    log,
    roleOf: documentPolicy(catalogue),
    onSetAside: (document, kind) => {
      events.emit({ type: kind, id: document });
    },
    namesOf: async (people) => {
      const known = await catalogue.persons.getMany(people);
      return new Map([...known].map(([id, person]) => [id, nameInRow(person)]));
    },
    logger,
    schemaVersion,
    meter: meter ?? noMeter,
    signingKey: adapters.signingKey,
    whoIsWho: statements,
  });
  const indexer = new Indexer({
    log: told,
    documents,
    catalogue,
    events,
    logger,
    onIntegrated: (carnet, entries) => tellOfIntegrations(operations, carnet, entries),
  });
  const history = new History({
    log: told,
    documents,
    versions,
    sittings,
    identities,
    logger,
    timers,
    onChanged: (id) => {
      events.emit({ type: 'versions', id });
      mirror?.versionNamed(id);
    },
    onSittingEnded: (note, rows) => tellOfChanges(operations, note as NoteId, rows),
  });
  const discovery = options.discovery ?? multicastDiscovery(logger);
  const parts = { catalogue, secrets: adapters.secrets, identities, history, events, timers, discovery };
  const self = localPerson && { ...parts, person: localPerson.id };
  const follower =
    self && (await createFollower({ ...self, onHomeEvent: (event) => mirror?.heardOf(event) }));
  const joined = self && (await createJoinedMeetings(self));
  const ownHomes = follower && joined && joinRelays(follower, joined);
  const proofs = new Proofs({
    log,
    documents,
    examine: adapters.examine,
    signingKey: adapters.signingKey,
    namesOf: async (people) => {
      const known = await catalogue.persons.getMany(people.map((id) => identities.of(id)));
      return new Map(people.map((id) => [id, known.get(identities.of(id))?.name ?? '']));
    },
    relay: () => url(),
    calepin: options.version,
    now,
  });
  const thinning = new ThinningKeeper({
    settings: catalogue.settings,
    log,
    thin: (document, wanted, signal) => {
      const { signingKey, planThinning: plan } = adapters;
      const thin = () =>
        thinNote({ log, plan, versions, past: history.past, signingKey }, document, wanted, signal);
      return wanted.isPreview ? thin() : history.alone(document, thin);
    },
    isOpen: (document) => documents.isOpen(document),
    onThinned: ({ bytes }) => record({ catalogue, now }, 'relay.thinned', { value: String(bytes) }),
    timers,
    logger,
  });
  const backups = createBackups(options, adapters.dataFolder, {
    settings: catalogue.settings,
    timers,
    logger,
  });
  const stopping = new AbortController();
  const launchSecret = new LaunchSecret();
  const tickets = new TicketOffice();
  const mailer = options.mailer ?? printingMailer(() => undefined);
  const accounts = new Accounts({
    tables: adapters.authTables,
    secret: adapters.authSecret,
    publicUrl: () => url(),
    relayId,
    https,
    organisation: options.organisation ?? null,
    onNewcomer: (name, guest) => addNewcomer(operations, name, guest),
    mailer,
    onRecovered: (person) => record({ catalogue, now }, 'account.password_changed', { by: person }),
    logger,
  });
  accounts.onEnded((id) => {
    tickets.endSession(id);
    documents.closeSession(id);
  });
  let port: number | null = null;

  const listeningUrl = (): string => {
    const host = ['0.0.0.0', '::'].includes(options.host) ? '127.0.0.1' : options.host;
    return `http://${host.includes(':') ? `[${host}]` : host}:${port ?? options.port}`;
  };
  const url = (): string => options.publicUrl ?? listeningUrl();
  const origins = (): ReadonlySet<string> => {
    const own = [url()];
    if (options.mode === 'local')
      own.push(desktopOrigin, listeningUrl(), `http://localhost:${port ?? options.port}`);
    return new Set(own);
  };
  const meetings = new MeetingHost({
    relay: () => operations,
    app: () => app,
    addresses: () => (options.mode === 'local' ? (options.meetingAddresses ?? localAddresses()) : []),
    discovery,
    mirror: () => mirror,
    attach: (lan, authenticate) =>
      attachWebSocket(lan, { documents, tickets, origins: [], logger, authenticate }),
  });
  const operations: HttpRelay = {
    catalogue,
    log: told,
    identities,
    statements,
    documents,
    indexer,
    events,
    quota: new StorageQuota(catalogue, options.mode === 'community'),
    logger,
    now,
    mode: options.mode,
    version: options.version,
    exports: new ExportJobs({
      printer: options.pdfPrinter ?? null,
      loadBook: async (subject, personId, signal) =>
        gatherBook(operations, await loadCaller(catalogue, personId), subject, bookPlace(operations), signal),
      loadArchive: async (language, subject, personId, signal) => {
        const place = { ...bookPlace(operations), calepin: options.version };
        const caller = requirePerson(await loadCaller(catalogue, personId));
        return gatherArchive(operations, caller, { subject, language, place }, signal);
      },
      loadPerson: (personId, language, signal) => gatherPerson(operations, personId, language, signal),
      loadSiteStyle: () => loadSiteStyle(options.interfaceFolder),
      folder: adapters.exportsFolder,
      newId,
      now,
      onFailure: (error) => {
        logger.error({ err: error }, 'export failed');
      },
    }),
    imports: new ImportJobs({
      folder: adapters.importsFolder,
      mostBytes: maxImportBytes[options.mode],
      newId,
      make: (making) => makeImport(operations, making),
      makeArchive: (making) => makeArchive(operations, making),
      meetArchive: (person, manifest) => meetArchive(operations, person, manifest),
      meet: (person, besides) => meetBeside(operations, person, besides),
      now,
      onFailure: (error) => {
        logger.error({ err: error }, 'import failed');
      },
    }),
    pages: new PagePictures(),
    interfaceFolder: options.interfaceFolder,
    publicUrl: url,
    accounts,
    sessions: new Sessions(accounts, catalogue.persons),
    launchSecret,
    meetings,
    tickets,
    stopping: stopping.signal,
    follower,
    homeAnswers:
      ownHomes &&
      localPerson &&
      new HomeAnswers({ homes: ownHomes, store: catalogue.homeAnswers, person: localPerson.id, now }),
    joined,
    get mirror() {
      return mirror;
    },
    get meetingCopies() {
      return meetingCopies;
    },
    history,
    thinning,
    backups: backups?.keeper ?? null,
    proofs,
    versions,
    sittings,
    journals: log,
    examine: adapters.examine,
    signingKey: adapters.signingKey,
    versionCount: (note) => history.count(note),
    letterSecret: adapters.authSecret,
    get letters() {
      return letters;
    },
  };
  const homes = options.homes ?? ownHomes;
  const mirror: Mirror | null =
    homes &&
    new Mirror({
      relays: homes,
      store: catalogue.mirrored,
      log,
      documents,
      duties: copyDuties(operations, log, homes),
      logger,
      now,
      isGone: (relay) => joined?.isGone(relay) === true,
    });
  mirror?.onState(() => {
    events.emit({ type: 'homes' });
  });
  const meetingCopies =
    joined &&
    mirror &&
    new MeetingCopies({
      ...{ joined, mirror, timers, logger },
      onEvent: (event) => {
        mirror.heardOf(event);
        events.emit(event);
      },
    });
  const letters = new NoticeLetters({
    context: operations,
    mailer,
    addressOf: (person) => accounts.addressOf(person),
    publicUrl: url,
    secret: adapters.authSecret,
    timers,
    logger,
  });
  const socketOrigins = (): readonly string[] =>
    [...origins()]
      .filter((origin) => origin !== desktopOrigin)
      .map((origin) => origin.replace(/^http/, 'ws'));
  const app = createApp({ relay: operations, origins, socketOrigins, https });

  const server = createAdaptorServer({ fetch: app.fetch, serverOptions }) as Server;
  let sockets: { close(): Promise<void> } | null = null;
  let metrics: Awaited<ReturnType<typeof serveMetrics>> | null = null;
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    stopping.abort();
    await meetings.end();
    const serverClosed = server.listening
      ? new Promise<void>((resolve) => server.close(() => resolve()))
      : null;
    follower?.close();
    meetingCopies?.close();
    await mirror?.close();
    await operations.exports.close();
    await operations.imports.close();
    await operations.pages.close();
    await sockets?.close();
    await trash.close();
    await thinning.close();
    await backups?.close();
    await letters.close();
    await leavers.close();
    await indexer.close();
    await history.close();
    await caughtUp;
    await documents.close();
    server.closeAllConnections();
    await serverClosed;
    await metrics?.close();
    await accounts.close();
    await adapters.close();
  };
  await clearBrokenImport(operations);
  await meetings.start();
  const trash = new TrashKeeper((signal) => emptyTrash({ ...operations, versions }, signal), logger);
  trash.start();
  thinning.start();
  backups?.keeper.start();
  letters.start();
  const leavers = new TrashKeeper((signal) => forgetLeaving(operations, signal), logger, {
    done: 'accounts whose deletion was asked for are deleted',
    failed: 'accounts could not be deleted',
  });
  leavers.start();
  follower?.start();
  await mirror?.start();
  meetingCopies?.start();
  const caughtUp = Promise.all([indexer.start(), history.start()]).catch((error: unknown) => {
    logger.error({ err: error }, 'catching up with the log failed');
  });
  return {
    app,
    operations,
    get port() {
      return port;
    },
    get metricsPort() {
      return metrics?.port ?? null;
    },
    get url() {
      return url();
    },
    async listen() {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(options.port, options.host, () => {
          server.off('error', reject);
          resolve();
        });
      });
      port = (server.address() as AddressInfo).port;
      if (meter !== null) metrics = await serveMetrics(meter, options.metricsPort ?? 0);
      sockets = attachWebSocket(server, { documents, tickets, origins: [...origins()], logger });
      return { url: url(), port };
    },
    renewLaunchSecret: () => launchSecret.renew(),
    async createAdministratorLink(again = false) {
      if (!(await catalogue.settings.setIfAbsent('administrator-invited', String(now()))) && !again)
        return null;
      const { secret } = await createAdministratorInvitation(operations);
      return `${url()}/join#${secret}`;
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}
