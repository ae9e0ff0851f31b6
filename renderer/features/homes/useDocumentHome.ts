import { useQuery } from '@tanstack/react-query';
import type { Home, HomeState } from '#shared/api/homes.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { queries, usePerson } from '../../api/index.ts';
import { joinedMeetingsQuery } from '../meetings/index.ts';

/** Where a document lives, as the relay of this computer says. */
export interface DocumentHome {
  /** Null: on this computer alone. */
  readonly state: HomeState | null;
  /** Whose it is there, to be shown: the Calepin's name, or of a meeting its host's; null where it is not known. */
  readonly name: string | null;
  /** The Calepin where it lives; null for none, or one that is followed no more. */
  readonly home: Home | null;
  /** Where it could be placed; none where nothing can be. */
  readonly homes: readonly Home[];
}

/** Null where this is no computer's own Calepin, and until it is known. */
export function useDocumentHome(document: DocumentId): DocumentHome | null {
  // Guests of a computer are told nothing of where its person's notes live.
  const isLocal = usePerson()?.kind === 'local';
  const list = useQuery({ ...queries.homes(), enabled: isLocal });
  const joined = useQuery({ ...joinedMeetingsQuery(), enabled: isLocal });
  const asked = useQuery({ ...queries.documentHome(document), enabled: isLocal });
  if (list.data === undefined || asked.data === undefined) return null;
  const { homes, keepsCopies } = list.data;
  const { state } = asked.data;
  const home = homes.find(({ id }) => id === state?.relay) ?? null;
  const meeting = joined.data?.meetings.find(({ id }) => id === state?.relay);
  return {
    state,
    name: home?.name ?? meeting?.host ?? null,
    home,
    homes: keepsCopies ? homes : [],
  };
}
