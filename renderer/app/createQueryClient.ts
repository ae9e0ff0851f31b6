import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '../api/index.ts';

const attempts = 3;

/** The cache of what the relay answered. A refusal is final; only a missing answer is asked for again. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        // Live events say what changed; a window that comes back asks again what is old.
        refetchOnWindowFocus: true,
        networkMode: 'always',
        retry: (count, error) => !(error instanceof ApiError) && count < attempts,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
