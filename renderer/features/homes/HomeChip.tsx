import { Tooltip } from '@mantine/core';
import {
  IconCloudCheck,
  IconCloudDown,
  IconCloudOff,
  IconCloudUp,
  IconDeviceLaptop,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentId } from '#shared/domain/ids.ts';
import { isUnplaced } from './isUnplaced.ts';
import { UnplacedChip } from './UnplacedChip.tsx';
import { PlaceDialog } from './PlaceDialog.tsx';
import { useDocumentHome } from './useDocumentHome.ts';
import { useWaitingWords } from './useWaitingWords.ts';
import styles from './Homes.module.css';

/** Where a note, a carnet or a base lives; of one that lives on this computer alone, the way to place it elsewhere. Nothing where no Calepin is followed. */
export function HomeChip({
  document,
  canPlace,
}: {
  readonly document: DocumentId;
  readonly canPlace: boolean;
}) {
  const { t } = useTranslation();
  const known = useDocumentHome(document);
  const waiting = useWaitingWords(document);
  const [isPlacing, setPlacing] = useState(false);
  if (known === null) return null;
  const { state, homes } = known;
  if (state === null) {
    if (homes.length === 0) return null;
    if (!canPlace)
      return (
        <span className={styles.chip}>
          <IconDeviceLaptop size={15} stroke={1.7} aria-hidden="true" />
          {t('homes.here')}
        </span>
      );
    return (
      <>
        <Tooltip label={t('homes.hereHint')} multiline maw={280}>
          <button type="button" className={styles.chip} onClick={() => setPlacing(true)}>
            <IconDeviceLaptop size={15} stroke={1.7} aria-hidden="true" />
            {t('homes.here')}
          </button>
        </Tooltip>
        <PlaceDialog document={document} homes={homes} opened={isPlacing} onClose={() => setPlacing(false)} />
      </>
    );
  }
  const name = known.name ?? t('homes.unknown');
  if (isUnplaced(state)) return <UnplacedChip state={state} name={name} isKnown={known.home !== null} />;
  const isOut = !state.reachable;
  const damaged = state.isMending ? t(`homes.damagedHere.${state.kind}`) : null;
  const Icon =
    damaged !== null
      ? IconCloudDown
      : isOut
        ? IconCloudOff
        : state.waiting > 0
          ? IconCloudUp
          : IconCloudCheck;
  const problem =
    state.problem === null || damaged !== null
      ? isOut
        ? t('homes.states.away', { name })
        : null
      : t(`homes.problems.${state.problem}`, { name });
  const wish =
    state.wish === null ? null : t(`homes.wish.${state.wish.isRefused ? 'refused' : 'waits'}`, { name });
  const mended = damaged === null || isOut ? null : t('homes.fetchedAgain', { name });
  const sentences = [damaged, t('homes.livesThere', { name }), mended, problem, waiting, wish].filter(
    (one) => one !== null,
  );
  return (
    <Tooltip label={sentences.map((one) => `${one}.`).join(' ')} multiline maw={300}>
      {/* Focusable, so that the reason is there without a pointer. */}
      <button
        type="button"
        className={styles.chip}
        data-mood={isOut || damaged !== null || state.problem !== null ? 'away' : 'equal'}
        aria-label={sentences.join('. ')}
      >
        <Icon size={15} stroke={1.7} aria-hidden="true" />
        {damaged ?? name}
      </button>
    </Tooltip>
  );
}
