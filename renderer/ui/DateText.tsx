import { useEffect, useState } from 'react';
import type { Language } from '#shared/domain/Person.ts';

interface Formats {
  dateTime(time: number, language: Language): string;
  relative(time: number, now: number, language: Language): string | null;
}

interface Props {
  readonly time: number;
  readonly language: Language;
  readonly formats: Formats;
}

const refreshMs = 30_000;

/** A moment, in words while it is less than a day old, with the exact date on hover and for screen readers. */
export function DateText({ time, language, formats }: Props) {
  const [now, setNow] = useState(() => Date.now());
  const exact = formats.dateTime(time, language);
  const relative = formats.relative(time, now, language);
  const isFresh = relative !== null;
  useEffect(() => {
    if (!isFresh) return undefined;
    const timer = setInterval(() => setNow(Date.now()), refreshMs);
    return () => clearInterval(timer);
  }, [isFresh]);
  return (
    <time dateTime={new Date(time).toISOString()} title={exact}>
      {relative === null ? (
        exact
      ) : (
        <>
          <span aria-hidden="true">{relative}</span>
          <span className="visually-hidden">{exact}</span>
        </>
      )}
    </time>
  );
}
