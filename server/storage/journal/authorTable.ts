/** Who wrote rows of a segment, and how: person, device, way, operation, and whether the device's own time is told. */
type Author = readonly [
  person: string | null,
  device: string | null,
  via: (typeof ways)[number],
  operation: string | null,
  hasDeviceTime: boolean,
];

const ways = ['socket', 'operation', 'mirror'] as const;

const isWord = (value: unknown): value is string | null => value === null || typeof value === 'string';

function isAuthor(value: unknown): value is Author {
  if (!Array.isArray(value) || value.length !== 5) return false;
  const [person, device, via, operation, hasDeviceTime] = value as unknown[];
  return (
    isWord(person) &&
    isWord(device) &&
    ways.some((way) => way === via) &&
    isWord(operation) &&
    typeof hasDeviceTime === 'boolean'
  );
}

/**
 * Reads a segment's table of authors. By hand, not by a schema: the threads of the database and of the journal read segments, and loading zod was two thirds of their start.
 * @throws Error (of any kind) when this is not such a table.
 */
export function readAuthorTable(json: string): readonly Author[] {
  const table: unknown = JSON.parse(json);
  if (!Array.isArray(table) || !table.every(isAuthor)) throw new RangeError('no table of authors');
  return table;
}
