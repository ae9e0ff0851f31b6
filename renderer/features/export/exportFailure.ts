import { errorCodes } from '#shared/api/errorCodes.ts';
import type { ExportStatus } from '#shared/api/exports.ts';
import type { FailureCode } from '../../api/index.ts';

/** Why an export that is over made nothing. */
export function exportFailure(status: ExportStatus): FailureCode {
  return errorCodes.find((code) => code === status.errorCode) ?? 'export_failed';
}
