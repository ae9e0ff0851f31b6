import { AppError } from '#shared/api/errorCodes.ts';
import type { RelayAdapters } from '#server/index.ts';

/** The same storage, which takes nothing while `isFailing` says so; what it has can be read. */
export function failing(adapters: RelayAdapters, isFailing: () => boolean): RelayAdapters {
  const { log, catalogue } = adapters;
  const refusing =
    <Given extends unknown[], Result>(work: (...given: Given) => Promise<Result>) =>
    async (...given: Given): Promise<Result> => {
      if (isFailing()) throw new AppError('storage_failed', 'no storage');
      return work(...given);
    };
  log.append = refusing(log.append.bind(log));
  log.create = refusing(log.create.bind(log));
  catalogue.settings.set = refusing(catalogue.settings.set.bind(catalogue.settings));
  return adapters;
}
