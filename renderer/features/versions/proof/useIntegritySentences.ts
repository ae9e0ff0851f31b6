import { useTranslation } from 'react-i18next';
import type { Integrity } from '#shared/api/proof.ts';
import { formatDateTime, useLanguage } from '../../../i18n/index.ts';

/** What was found out about a version, in sentences: its breaks, the first one first, and what else is to be said of it. */
export function useIntegritySentences({ state, isCopy, seq, head, thinned, breaks }: Integrity): {
  readonly breaks: readonly string[];
  readonly found: readonly string[];
} {
  const { t } = useTranslation();
  const language = useLanguage();
  const date = (time: number): string => formatDateTime(time, language);
  const sentences = breaks.map(({ kind, from, to }) => {
    const sentence =
      from === to
        ? t(`versions.proof.break.${kind}`, { row: from })
        : t(`versions.proof.breaks.${kind}`, { from, to });
    // It harms nothing that is shown here.
    return state !== 'broken' || from > seq ? t('versions.proof.later', { sentence }) : sentence;
  });
  const isSigned = head !== null && head.seq >= seq;
  return {
    breaks: sentences,
    found: [
      ...(state === 'intact' ? [t('versions.proof.whole', { count: seq })] : []),
      ...(state === 'thinned' ? [t('versions.proof.thinnedHere')] : []),
      ...(head === null ? [] : [t('versions.proof.signed', { row: head.seq, date: date(head.time) })]),
      ...(isSigned || isCopy || state === 'broken' ? [] : [t('versions.proof.unsigned')]),
      ...thinned.map(({ from, to, at }) =>
        at === null
          ? t('versions.proof.thinnedRange', { from, to })
          : t('versions.proof.thinnedRangeOn', { from, to, date: date(at) }),
      ),
    ],
  };
}
