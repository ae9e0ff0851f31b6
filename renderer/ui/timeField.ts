const two = (value: number): string => String(value).padStart(2, '0');

/** A time as a field of date and time says it, to the second, where the person is. */
export function fieldOfTime(time: number): string {
  const at = new Date(time);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** What a field of date and time says, Unix milliseconds; null where it says nothing. */
export function timeOfField(value: string): number | null {
  const time = new Date(value).getTime();
  return Number.isNaN(time) ? null : time;
}
