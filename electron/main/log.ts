import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

/** What a line may say beside its event: numbers, and words of a fixed vocabulary. */
export type LogField = number | boolean | null | undefined | string;

/** A line of the log names what happened, as `relay_ended`. */
export interface Log {
  /** Absolute path of the newest file, for the person who is asked for it. */
  readonly file: string;
  write(event: string, fields?: Readonly<Record<string, LogField>>): void;
}

/** Two files of this many bytes at most are kept: some thousand lines. */
const maxBytes = 256 * 1024;

/** A code, a version, the place of a line of our own: never a sentence, a title, a name of a person or of a folder. */
const plainWord = /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$/;

const shown = (value: LogField): string => {
  if (typeof value === 'string') return plainWord.test(value) ? value : '?';
  return typeof value === 'number' && !Number.isFinite(value) ? '?' : String(value);
};

/**
 * Opens the shell's own log: what happened to processes and files, and nothing of what people write. A text that is no plain word is replaced by « ? », so that no message
 * of an error, which may quote anything, gets in by mistake. A disk that takes nothing stops nobody.
 * @param folder - made when it is missing.
 */
export function openLog(folder: string, now: () => Date = () => new Date()): Log {
  const file = path.join(folder, 'calepin.log');
  const older = path.join(folder, 'calepin.1.log');
  let bytes = 0;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    // Nothing can be kept: there is nobody to tell.
  }
  return {
    file,
    write(event, fields = {}) {
      const words = Object.entries(fields).map(([name, value]) => `${shown(name)}=${shown(value)}`);
      const line = `${[now().toISOString(), shown(event), ...words].join(' ')}\n`;
      try {
        if (bytes + line.length > maxBytes) {
          renameSync(file, older);
          bytes = 0;
        }
        appendFileSync(file, line, { mode: 0o600 });
        bytes += line.length;
      } catch {
        // As above.
      }
    },
  };
}

/** What a line may say of an error: its kind, its code, and the place of our own source where it was thrown; never its message. */
export function errorFields(error: unknown): Record<string, LogField> {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = (error as { code?: unknown }).code;
  const [, file, line] = /[\\/]([\w-]+\.js):(\d+):\d+\)?$/m.exec(error.stack ?? '') ?? [];
  return {
    error: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(file === undefined ? {} : { at: `${file}:${line}` }),
  };
}
