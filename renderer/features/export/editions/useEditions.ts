import { useQuery } from '@tanstack/react-query';
import type { Edition } from '#shared/api/editions.ts';
import type { CarnetId } from '#shared/domain/ids.ts';
import { editionQueries } from './editionsApi.ts';

const none: readonly Edition[] = [];

/** The editions of a carnet that can be exported, newest first. @param carnet - null for what has none. @param known - one that is known before they are. */
export function useEditions(carnet: CarnetId | null, known: Edition | null): readonly Edition[] {
  const { data } = useQuery({
    ...editionQueries.list(carnet ?? ('' as CarnetId)),
    enabled: carnet !== null,
    select: ({ editions }) => editions.filter(({ withdrawn }) => withdrawn === null),
  });
  return data ?? (known === null ? none : [known]);
}
