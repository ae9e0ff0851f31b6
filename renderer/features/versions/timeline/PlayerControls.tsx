import {
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerTrackNext,
  IconPlayerTrackPrev,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../../ui/index.ts';
import type { StripStep } from './TimelineStrip.tsx';
import { type PlaybackSpeed, playbackSpeeds } from './usePlayback.ts';
import styles from './Timeline.module.css';

interface Props {
  readonly isPlaying: boolean;
  readonly speed: PlaybackSpeed;
  /** Says where one is. */
  readonly sentence: string;
  readonly onToggle: () => void;
  readonly onSpeed: (speed: PlaybackSpeed) => void;
  readonly onStep: (step: StripStep) => void;
  /** What may be done with the moment that is shown. */
  readonly children: ReactNode;
}

/** Plays, stops, goes from one sitting to the next; says where one is. */
export function PlayerControls({ isPlaying, speed, sentence, onToggle, onSpeed, onStep, children }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.controls}>
      <div className={styles.buttons} role="group" aria-label={t('versions.timeline.player')}>
        <IconButton
          label={t('versions.timeline.sittingBack')}
          shortcut={t('versions.timeline.pageDown')}
          onClick={() => onStep('sittingBack')}
        >
          <IconPlayerTrackPrev size={17} stroke={1.8} />
        </IconButton>
        <IconButton
          label={t(isPlaying ? 'versions.timeline.pause' : 'versions.timeline.play')}
          shortcut={t('versions.timeline.space')}
          variant="default"
          size={34}
          onClick={onToggle}
        >
          {isPlaying ? <IconPlayerPause size={18} stroke={1.8} /> : <IconPlayerPlay size={18} stroke={1.8} />}
        </IconButton>
        <IconButton
          label={t('versions.timeline.sittingForward')}
          shortcut={t('versions.timeline.pageUp')}
          onClick={() => onStep('sittingForward')}
        >
          <IconPlayerTrackNext size={17} stroke={1.8} />
        </IconButton>
      </div>
      <label className={styles.speed}>
        <span className="visually-hidden">{t('versions.timeline.speed')}</span>
        <select
          value={speed}
          onChange={(event) =>
            onSpeed(playbackSpeeds.find((one) => String(one) === event.currentTarget.value) ?? 1)
          }
        >
          {playbackSpeeds.map((one) => (
            <option key={one} value={one}>
              {t('versions.timeline.times', { count: one })}
            </option>
          ))}
        </select>
      </label>
      <p className={styles.where}>{sentence}</p>
      {children}
    </div>
  );
}
