import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { CollectionPage } from '#shared/api/collections.ts';
import { relayEventSchema, type RelayEvent } from '#shared/api/events.ts';
import type { BaseId, CarnetId } from '#shared/domain/ids.ts';
import { EventGatherer } from './EventGatherer.ts';
import { keys } from './queries.ts';

/** Whether a carnet's page says something of a note. What comes into a carnet, or goes from it, is a change of the carnet. */
function mayShow(page: unknown, note: string): boolean {
  if (page === undefined) return true;
  const { entries, away, template } = page as CollectionPage;
  return (
    template?.key === note ||
    entries.some(({ memberId }) => memberId === note) ||
    away.some(({ memberId }) => memberId === note)
  );
}

/** Throws away the cached answers that an event concerns; those on the screen are asked again. */
export function applyRelayEvent(client: QueryClient, event: RelayEvent): void {
  const forget = (queryKey: readonly unknown[]): void => void client.invalidateQueries({ queryKey });
  switch (event.type) {
    case 'note':
      forget(keys.note(event.id));
      forget(keys.noteContent(event.id));
      forget(keys.notes);
      // A carnet's page shows its notes' titles; what the relay computes beside it may depend on any note.
      void client.invalidateQueries({
        queryKey: keys.collectionPages('carnet'),
        predicate: ({ queryKey, state }) =>
          queryKey.length > keys.collectionPages('carnet').length + 1 || mayShow(state.data, event.id),
      });
      break;
    case 'carnet':
      forget(keys.collection({ kind: 'carnet', id: event.id as CarnetId }));
      forget(keys.collections('carnet'));
      // A note's page shows its carnets, a base's page those that it holds.
      forget(['note']);
      forget(keys.collectionPages('base'));
      break;
    case 'base':
      forget(keys.collection({ kind: 'base', id: event.id as BaseId }));
      forget(keys.collections('base'));
      forget(keys.collectionPages('carnet'));
      break;
    case 'community':
      forget(keys.community(event.id));
      forget(keys.communities);
      break;
    case 'notices':
      forget(keys.notices);
      break;
    case 'threads':
      forget(keys.threads(event.id));
      break;
    case 'versions':
      forget(keys.versions(event.id));
      break;
    case 'homes':
      forget(keys.homes);
      break;
    case 'meeting':
      forget(keys.meeting);
      break;
    case 'lists':
      forget(keys.notes);
      forget(keys.collections('carnet'));
      forget(keys.collections('base'));
      forget(keys.communities);
      // What a community's page lists may have become closed, or open.
      forget(['community']);
      break;
  }
}

/** Follows GET /api/events while somebody is signed in. The browser comes back by itself; what was missed meanwhile is asked again. */
export function useLiveEvents(active: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!active) return undefined;
    const source = new EventSource('/api/events');
    const gatherer = new EventGatherer((event) => applyRelayEvent(client, event));
    let wasLost = false;
    const onMessage = (message: MessageEvent<string>): void => {
      let data: unknown;
      try {
        data = JSON.parse(message.data);
      } catch {
        return;
      }
      const event = relayEventSchema.safeParse(data);
      if (event.success) gatherer.add(event.data);
    };
    source.addEventListener('message', onMessage);
    source.addEventListener('error', () => {
      wasLost = true;
      // The browser gives up on a refusal only: whoever was signed out elsewhere is told so.
      if (source.readyState === EventSource.CLOSED) void client.invalidateQueries({ queryKey: keys.session });
    });
    source.addEventListener('open', () => {
      if (wasLost) void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
      wasLost = false;
    });
    return () => {
      source.close();
      gatherer.close();
    };
  }, [active, client]);
}
