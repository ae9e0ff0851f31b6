import { zValidator } from '@hono/zod-validator';
import type { ValidationTargets } from 'hono';
import type { z } from 'zod';
import { AppError } from '#shared/api/errorCodes.ts';
import { notAllowed } from '../access.ts';

/** Parses a part of the request by its schema. @throws AppError `invalid_request`; for a path's ids `not_allowed`, as for ids that do not exist. */
export function validate<Target extends keyof ValidationTargets, Schema extends z.ZodType>(
  target: Target,
  schema: Schema,
) {
  return zValidator(target, schema, (result) => {
    if (result.success) return;
    if (target === 'param') throw notAllowed();
    throw new AppError('invalid_request', `${target} is not what this route takes`, { cause: result.error });
  });
}
