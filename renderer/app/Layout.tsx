import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { CatchBoundary, getRouteApi, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLiveEvents, usePerson } from '../api/index.ts';
import { useMeetingEnd } from '../features/meetings/index.ts';
import { SignedOutPage } from '../features/session/index.ts';
import { preferences, usePreferences } from '../platform/index.ts';
import { Shell } from '../ui/index.ts';
import { Commands } from './Commands.tsx';
import { ErrorScreen } from './ErrorScreen.tsx';
import { Sidebar } from './Sidebar.tsx';

const rootApi = getRouteApi('__root__');
const withDetails = /^\/(notes\/[^/]+(\/history)?|(carnets|bases)\/[^/]+(\/history)?|communities\/[^/]+)$/;

/** The three columns around every page, for who is signed in. */
export function Layout() {
  const { t } = useTranslation();
  const person = usePerson();
  const { launchFailed } = rootApi.useRouteContext();
  const { sidebar, details } = usePreferences();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const { reset } = useQueryErrorResetBoundary();
  useLiveEvents(person !== null);
  useMeetingEnd();
  useEffect(() => {
    document.title = t('app.name');
  }, [t, path]);
  if (person === null) return <SignedOutPage launchFailed={launchFailed} />;
  return (
    <Commands>
      <Shell
        words={{
          skip: t('app.skip'),
          sidebar: t('app.sidebar'),
          details: t('app.details'),
          page: t('app.page'),
          close: t('app.close'),
        }}
        sidebar={<Sidebar person={person} />}
        hasDetails={withDetails.test(path)}
        sidebarWanted={sidebar}
        detailsWanted={details}
        onWant={preferences.set}
        pageKey={path}
      >
        <CatchBoundary getResetKey={() => path} errorComponent={ErrorScreen} onCatch={reset}>
          <Outlet />
        </CatchBoundary>
      </Shell>
    </Commands>
  );
}
