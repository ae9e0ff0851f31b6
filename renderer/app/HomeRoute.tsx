import { useParams } from '@tanstack/react-router';
import { HomePage } from '../features/homes/index.ts';

/** `/homes/$homeId`. */
export function HomeRoute() {
  const { homeId } = useParams({ from: '/shell/homes/$homeId' });
  return <HomePage key={homeId} homeId={homeId} />;
}
