import { useParams } from '@tanstack/react-router';
import type { BaseId } from '#shared/domain/ids.ts';
import { CollectionPage } from '../features/collections/CollectionPage.tsx';
import { idParam } from './idParam.ts';

/** `/bases/$baseId`. */
export function BaseRoute() {
  const { baseId } = useParams({ from: '/shell/bases/$baseId' });
  return <CollectionPage key={baseId} collection={{ kind: 'base', id: idParam<BaseId>(baseId) }} />;
}
