import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { AppError } from '#shared/api/errorCodes.ts';
import { collectionKinds } from '#shared/domain/Collection.ts';
import { deviceName } from '#shared/domain/deviceName.ts';
import { actFrom } from '../acting.ts';
import { withCommunities } from '../Caller.ts';
import type { HttpEnvironment } from './environment.ts';
import { answerErrors } from './errors.ts';
import { homeProxy } from './homeProxy.ts';
import { unplacedEntries } from './unplacedEntries.ts';
import type { HttpRelay } from './HttpRelay.ts';
import { originGuard } from './originGuard.ts';
import { accountRoutes } from './routes/account.ts';
import { administrationRoutes } from './routes/administration.ts';
import { attachmentRoutes } from './routes/attachments.ts';
import { collectionHistoryRoutes } from './routes/collectionHistory.ts';
import { backupRoutes } from './routes/backups.ts';
import { collectionRoutes } from './routes/collections.ts';
import { communityRoutes } from './routes/communities.ts';
import { editionRoutes } from './routes/editions.ts';
import { eventRoutes } from './routes/events.ts';
import { exportRoutes } from './routes/exports.ts';
import { feedRoutes, feeds } from './routes/feeds.ts';
import { homeRoutes } from './routes/homes.ts';
import { importRoutes } from './routes/imports.ts';
import { incidentRoutes } from './routes/incidents.ts';
import { invitationRoutes } from './routes/invitations.ts';
import { joinedMeetingRoutes } from './routes/joinedMeetings.ts';
import { meetingRoutes } from './routes/meeting.ts';
import { newsRoutes } from './routes/news.ts';
import { linkRoutes } from './routes/links.ts';
import { noteRoutes } from './routes/notes.ts';
import { noticeRoutes } from './routes/notices.ts';
import { notePeopleRoutes } from './routes/notePeople.ts';
import { peopleRoutes } from './routes/people.ts';
import { publicPages } from './routes/publicPages.ts';
import { proofRoutes } from './routes/proof.ts';
import { registerRoutes } from './routes/register.ts';
import { reportPages, reportRoutes } from './routes/reports.ts';
import { searchRoutes } from './routes/search.ts';
import { sessionsRoutes } from './routes/sessions.ts';
import { sessionRoutes } from './routes/session.ts';
import { storageRoutes } from './routes/storage.ts';
import { thinningRoutes } from './routes/thinning.ts';
import { threadRoutes } from './routes/threads.ts';
import { mirrorRoutes } from './routes/mirror.ts';
import { ticketRoutes } from './routes/tickets.ts';
import { unsubscribeRoutes } from './routes/unsubscribe.ts';
import { historyRoutes } from './routes/history.ts';
import { versionRoutes } from './routes/versions.ts';
import { securityHeaders } from './securityHeaders.ts';
import { staticFiles } from './staticFiles.ts';

const maxJsonBytes = 1024 * 1024;
/** What takes files counts their bytes itself. */
const filePath = /^\/api\/(attachments|imports|communities\/[^/]+\/image|(carnets|bases)\/[^/]+\/cover)$/;

export interface AppOptions {
  readonly relay: HttpRelay;
  /** Origins of the relay's own pages. */
  readonly origins: () => ReadonlySet<string>;
  /** `ws:` or `wss:` origins of the relay. */
  readonly socketOrigins: () => readonly string[];
  readonly https: boolean;
}

async function canStore({ catalogue, now }: HttpRelay): Promise<boolean> {
  return catalogue.settings.set('storage-tried-at', String(now())).then(
    () => true,
    () => false,
  );
}

/** What the register says of a device: less than the browser does. */
function deviceOf(userAgent = ''): string | null {
  const { browser, system } = deviceName(userAgent);
  return [browser, system].filter((part) => part !== null).join(', ') || null;
}

/** The relay's HTTP side: the API under /api, the interface everywhere else. */
export function createApp(options: AppOptions): Hono<HttpEnvironment> {
  const { relay } = options;
  const app = new Hono<HttpEnvironment>();
  answerErrors(app, relay.logger);
  app.use(securityHeaders({ socketOrigins: options.socketOrigins, https: options.https }));
  app.get('/healthz', async (context) => {
    await relay.catalogue.settings.get('relay-id');
    return context.json({ status: 'ok' });
  });
  // Unlike /healthz, which says that the process lives: whether it is to be sent people.
  app.get('/readyz', async (context) => {
    if (relay.stopping.aborted) return context.json({ status: 'stopping' }, 503);
    // Nobody who is sent elsewhere would write here and find out that it works again.
    if (relay.documents.hasStorageFailed && !(await canStore(relay)))
      return context.json({ status: 'storage_failed' }, 503);
    return context.json({ status: 'ready' });
  });
  app.use('/api/*', originGuard(options.origins), relay.sessions.middleware(), async (context, next) => {
    context.set('caller', await withCommunities(relay.catalogue, context.var.caller));
    const device = deviceOf(context.req.header('user-agent'));
    await actFrom(() => ({ session: context.var.session?.id ?? null, device }), next);
  });
  const onError = (): never => {
    throw new AppError('too_large', 'the request is larger than allowed');
  };
  const smallBody = bodyLimit({ maxSize: maxJsonBytes, onError });
  app.use('/api/*', (context, next) => (filePath.test(context.req.path) ? next() : smallBody(context, next)));
  if (relay.homeAnswers !== null && relay.mirror !== null)
    app.use('/api/*', homeProxy(relay.homeAnswers, relay.mirror, unplacedEntries(relay, relay.mirror)));
  for (const routes of [
    sessionRoutes,
    sessionsRoutes,
    accountRoutes,
    administrationRoutes,
    registerRoutes,
    incidentRoutes,
    storageRoutes,
    thinningRoutes,
    meetingRoutes,
    joinedMeetingRoutes,
    backupRoutes,
    noteRoutes,
    linkRoutes,
    notePeopleRoutes,
    threadRoutes,
    reportRoutes,
    communityRoutes,
    noticeRoutes,
    feedRoutes,
    peopleRoutes,
    versionRoutes,
    historyRoutes,
    proofRoutes,
    newsRoutes,
    invitationRoutes,
    ticketRoutes,
    mirrorRoutes,
    searchRoutes,
    eventRoutes,
    attachmentRoutes,
    exportRoutes,
    importRoutes,
    homeRoutes,
  ]) {
    app.route('/api', routes(relay));
  }
  for (const kind of collectionKinds)
    for (const routes of [collectionRoutes, collectionHistoryRoutes])
      app.route(`/api/${kind}s`, routes(relay, kind));
  app.route('/api/carnets', editionRoutes(relay));
  app.route('/', unsubscribeRoutes(relay));
  app.route('/', reportPages(relay));
  app.route('/', feeds(relay));
  app.route('/', publicPages(relay));
  app.use(staticFiles(relay.interfaceFolder));
  return app;
}
