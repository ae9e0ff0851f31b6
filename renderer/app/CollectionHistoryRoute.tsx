import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { BaseId, CarnetId } from '#shared/domain/ids.ts';
import { CollectionHistoryPage } from '../features/collections/CollectionHistoryPage.tsx';
import { idParam } from './idParam.ts';

/** `/carnets/$carnetId/history`. */
export function CarnetHistoryRoute() {
  const { carnetId } = useParams({ from: '/shell/carnets/$carnetId/history' });
  const find = useSearch({ from: '/shell/carnets/$carnetId/history' });
  const navigate = useNavigate({ from: '/carnets/$carnetId/history' });
  return (
    <CollectionHistoryPage
      key={carnetId}
      collection={{ kind: 'carnet', id: idParam<CarnetId>(carnetId) }}
      find={find}
      onFind={(next) => void navigate({ search: next, replace: true })}
    />
  );
}

/** `/bases/$baseId/history`. */
export function BaseHistoryRoute() {
  const { baseId } = useParams({ from: '/shell/bases/$baseId/history' });
  const find = useSearch({ from: '/shell/bases/$baseId/history' });
  const navigate = useNavigate({ from: '/bases/$baseId/history' });
  return (
    <CollectionHistoryPage
      key={baseId}
      collection={{ kind: 'base', id: idParam<BaseId>(baseId) }}
      find={find}
      onFind={(next) => void navigate({ search: next, replace: true })}
    />
  );
}
