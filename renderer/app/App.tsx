import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { api, useSession } from '../api/index.ts';
import { CollaborationProvider } from '../collaboration/index.ts';
import { useSignInTold } from '../features/account/index.ts';
import { OutboxProvider } from '../features/outbox/index.ts';
import { createAppRouter } from './router.tsx';

interface Props {
  /** Where sockets open. */
  readonly socketOrigin: string;
  /** A start link was given and no longer serves. */
  readonly launchFailed: boolean;
}

/** The application, once it is known who is here. */
export function App({ socketOrigin, launchFailed }: Props) {
  const { person, former } = useSession();
  useSignInTold();
  const [router] = useState(() => createAppRouter({ launchFailed }));
  return (
    <CollaborationProvider person={person} former={former} api={api} origin={socketOrigin}>
      <OutboxProvider person={person?.id ?? null} former={former}>
        <RouterProvider router={router} />
      </OutboxProvider>
    </CollaborationProvider>
  );
}
