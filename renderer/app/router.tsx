import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router';
import { readFind, readMomentFind } from '../features/collections/index.ts';
import { readLibraryFind } from '../features/notes/index.ts';
import { readHistoryFind } from '../features/versions/index.ts';
import { ErrorScreen, NotFoundScreen } from './ErrorScreen.tsx';
import { Layout } from './Layout.tsx';

interface RouterContext {
  readonly launchFailed: boolean;
}

const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  errorComponent: ErrorScreen,
  notFoundComponent: NotFoundScreen,
});

/** Where an invitation is accepted: alone on the page, for people who are not signed in yet. */
const joinRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/join',
  component: lazyRouteComponent(() => import('../features/invitations/index.ts'), 'JoinPage'),
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('../features/account/SignInPage.tsx'), 'SignInPage'),
});
const createAccountRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/create-account',
  component: lazyRouteComponent(
    () => import('../features/account/CreateAccountPage.tsx'),
    'CreateAccountPage',
  ),
});
const forgotPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forgot-password',
  component: lazyRouteComponent(
    () => import('../features/account/ForgotPasswordPage.tsx'),
    'ForgotPasswordPage',
  ),
});
const newPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/new-password',
  component: lazyRouteComponent(() => import('../features/account/NewPasswordPage.tsx'), 'NewPasswordPage'),
});
const verifyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/verify',
  component: lazyRouteComponent(() => import('../features/account/VerifyPage.tsx'), 'VerifyPage'),
});

const shellRoute = createRoute({ getParentRoute: () => rootRoute, id: 'shell', component: Layout });

const libraryRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  validateSearch: readLibraryFind,
  component: lazyRouteComponent(() => import('../features/notes/LibraryPage.tsx'), 'LibraryPage'),
});
const noteRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/notes/$noteId',
  component: lazyRouteComponent(() => import('./NoteRoute.tsx'), 'NoteRoute'),
});
const historyRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/notes/$noteId/history',
  validateSearch: readHistoryFind,
  component: lazyRouteComponent(() => import('./HistoryRoute.tsx'), 'HistoryRoute'),
});
const carnetRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/carnets/$carnetId',
  validateSearch: readFind,
  component: lazyRouteComponent(() => import('./CarnetRoute.tsx'), 'CarnetRoute'),
});
const baseRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/bases/$baseId',
  validateSearch: readFind,
  component: lazyRouteComponent(() => import('./BaseRoute.tsx'), 'BaseRoute'),
});
const carnetHistoryRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/carnets/$carnetId/history',
  validateSearch: readMomentFind,
  component: lazyRouteComponent(() => import('./CollectionHistoryRoute.tsx'), 'CarnetHistoryRoute'),
});
const heldNoteRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/carnets/$carnetId/notes/$noteId',
  component: lazyRouteComponent(() => import('./HeldNoteRoute.tsx'), 'HeldNoteRoute'),
});
const baseHistoryRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/bases/$baseId/history',
  validateSearch: readMomentFind,
  component: lazyRouteComponent(() => import('./CollectionHistoryRoute.tsx'), 'BaseHistoryRoute'),
});
const communitiesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/communities',
  component: lazyRouteComponent(
    () => import('../features/communities/CommunitiesPage.tsx'),
    'CommunitiesPage',
  ),
});
const communityRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/communities/$communityId',
  component: lazyRouteComponent(() => import('./CommunityRoute.tsx'), 'CommunityRoute'),
});
const personRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/people/$personId',
  component: lazyRouteComponent(() => import('./PersonRoute.tsx'), 'PersonRoute'),
});
const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/homes/$homeId',
  component: lazyRouteComponent(() => import('./HomeRoute.tsx'), 'HomeRoute'),
});
const homeCommunityRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/homes/$homeId/communities/$communityId',
  component: lazyRouteComponent(() => import('./HomePlaceRoutes.tsx'), 'HomeCommunityRoute'),
});
const homePersonRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/homes/$homeId/people/$personId',
  component: lazyRouteComponent(() => import('./HomePlaceRoutes.tsx'), 'HomePersonRoute'),
});
const noticesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/notices',
  component: lazyRouteComponent(() => import('../features/notices/NoticesPage.tsx'), 'NoticesPage'),
});
const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/settings/index.ts'), 'SettingsPage'),
});
const leavingRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/delete-account',
  component: lazyRouteComponent(() => import('../features/account/LeavePage.tsx'), 'LeavePage'),
});
const administrationRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/administration',
  component: lazyRouteComponent(() => import('../features/administration/index.ts'), 'AdministrationPage'),
});
const registerRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/administration/register',
  component: lazyRouteComponent(() => import('../features/administration/index.ts'), 'RegisterPage'),
});
const incidentsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/administration/incidents',
  component: lazyRouteComponent(() => import('../features/administration/index.ts'), 'IncidentsPage'),
});
const trashRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/trash',
  component: lazyRouteComponent(() => import('../features/trash/index.ts'), 'TrashPage'),
});

const routeTree = rootRoute.addChildren([
  joinRoute,
  signInRoute,
  createAccountRoute,
  forgotPasswordRoute,
  newPasswordRoute,
  verifyRoute,
  shellRoute.addChildren([
    libraryRoute,
    noteRoute,
    historyRoute,
    carnetRoute,
    baseRoute,
    carnetHistoryRoute,
    heldNoteRoute,
    baseHistoryRoute,
    communitiesRoute,
    communityRoute,
    personRoute,
    homeRoute,
    homeCommunityRoute,
    homePersonRoute,
    noticesRoute,
    settingsRoute,
    leavingRoute,
    administrationRoute,
    registerRoute,
    incidentsRoute,
    trashRoute,
  ]),
]);

/** The addresses of the application. */
export function createAppRouter(context: RouterContext) {
  return createRouter({
    routeTree,
    context,
    defaultErrorComponent: ErrorScreen,
    defaultNotFoundComponent: NotFoundScreen,
    defaultPreload: 'intent',
    defaultPreloadDelay: 80,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
