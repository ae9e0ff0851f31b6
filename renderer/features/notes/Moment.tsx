import { formatDateTime, formatRelative, useLanguage } from '../../i18n/index.ts';
import { DateText } from '../../ui/index.ts';

const formats = { dateTime: formatDateTime, relative: formatRelative };

/** A moment in the interface's language. */
export function Moment({ time }: { readonly time: number }) {
  return <DateText time={time} language={useLanguage()} formats={formats} />;
}
