import { useParams } from '@tanstack/react-router';
import type { CarnetId } from '#shared/domain/ids.ts';
import { CarnetPage } from '../features/carnets/CarnetPage.tsx';
import { idParam } from './idParam.ts';

/** `/carnets/$carnetId`. */
export function CarnetRoute() {
  const { carnetId } = useParams({ from: '/shell/carnets/$carnetId' });
  return <CarnetPage key={carnetId} carnetId={idParam<CarnetId>(carnetId)} />;
}
