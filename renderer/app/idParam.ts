import { isId } from '#shared/domain/ids.ts';
import { ApiError } from '../api/index.ts';

/** An id of the address. Something else than an id is answered like an unknown one. */
export function idParam<Id extends string>(value: string): Id {
  if (!isId(value)) throw new ApiError('not_allowed', 403);
  return value as string as Id;
}
