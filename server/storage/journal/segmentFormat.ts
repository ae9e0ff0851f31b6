import type { Via } from '../ports/UpdateLog.ts';

/** The first byte of a segment. */
export const segmentVersion = 1;

/** The columns of the rows themselves; those of their updates follow them. */
export const rowColumns = [
  'authorTable',
  'authors',
  'highTimes',
  'deviceTimes',
  'regular',
  'wholeLengths',
  'whole',
] as const;
export type RowColumn = (typeof rowColumns)[number];

/** What many rows have in common: person, device, via, operation, and whether there is a time of the device. */
export type AuthorEntry = readonly [string | null, string | null, Via, string | null, boolean];

/** Far above what a segment is cut at; bytes that unpack to more are not one. */
export const maxUnpackedBytes = 256 * 1024 * 1024;
