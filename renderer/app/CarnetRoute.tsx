import { useParams } from '@tanstack/react-router';
import type { CarnetId } from '#shared/domain/ids.ts';
import { CollectionPage } from '../features/collections/CollectionPage.tsx';
import { idParam } from './idParam.ts';

/** `/carnets/$carnetId`. */
export function CarnetRoute() {
  const { carnetId } = useParams({ from: '/shell/carnets/$carnetId' });
  return <CollectionPage key={carnetId} collection={{ kind: 'carnet', id: idParam<CarnetId>(carnetId) }} />;
}
