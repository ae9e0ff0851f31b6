import { Tooltip } from '@mantine/core';
import {
  IconCloudCheck,
  IconCloudOff,
  IconDeviceFloppy,
  IconDeviceLaptop,
  IconLoader2,
  IconPencil,
  type IconProps,
} from '@tabler/icons-react';
import { type ComponentType, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfflineReason, SavingState } from './savingState.ts';
import classes from './collaboration.module.css';

const icons: Record<SavingState['kind'], ComponentType<IconProps>> = {
  opening: IconLoader2,
  editing: IconPencil,
  savedHere: IconDeviceFloppy,
  waiting: IconDeviceLaptop,
  saved: IconCloudCheck,
  offline: IconCloudOff,
};

const explainedReasons = [
  'resync',
  'storage',
  'slow_reader',
  'too_fast',
  'too_many_open',
  'restarting',
] as const;
type ExplainedReason = (typeof explainedReasons)[number];
const isExplained = (reason: OfflineReason): reason is ExplainedReason =>
  (explainedReasons as readonly string[]).includes(reason);

/** What the screen says about saving, in words, and why in one sentence more. */
export function useSavingWords(
  state: SavingState,
  keepsLocally: boolean,
  waiting: string | null = null,
): { short: string; detail: string } {
  const { t } = useTranslation();
  const notKept = keepsLocally ? '' : ` ${t('collaboration.savingDetail.notKept')}`;
  if (state.kind !== 'offline') {
    const detail = t(`collaboration.savingDetail.${state.kind}`);
    const short = t(`collaboration.saving.${state.kind}`);
    return {
      short: state.kind === 'waiting' && waiting !== null ? `${short} · ${waiting}` : short,
      detail: state.kind === 'saved' || state.kind === 'waiting' ? detail : detail + notKept,
    };
  }
  const pending = {
    none: 'collaboration.savingDetail.pendingNone',
    here: 'collaboration.savingDetail.pendingHere',
    memory: 'collaboration.savingDetail.pendingMemory',
  } as const;
  const short = t('collaboration.saving.offline', { reason: t(`collaboration.offline.${state.reason}`) });
  const why = isExplained(state.reason) ? `${t(`collaboration.passing.${state.reason}`)} ` : '';
  // The general sentence promises that words are kept; where they are in memory alone, only that is said.
  return { short, detail: (state.pending === 'memory' ? '' : why) + t(pending[state.pending]) };
}

/**
 * The state of saving, always visible, in words with an icon; the exact reason on hover and focus.
 * @param props.state - `saveState` of `useDocumentSession`.
 * @param props.waiting - how much waits for the document's home, and since when, in words; null where that is not known.
 */
export function SaveState({
  state,
  keepsLocally,
  waiting = null,
}: {
  readonly state: SavingState;
  readonly keepsLocally: boolean;
  readonly waiting?: string | null;
}) {
  const { t } = useTranslation();
  const { short, detail } = useSavingWords(state, keepsLocally, waiting);
  const Icon = icons[state.kind];
  // Spoken when the link is lost and when all is well again; not at each keystroke.
  const [spoken, setSpoken] = useState('');
  const toSpeak =
    state.kind === 'offline' || ((state.kind === 'saved' || state.kind === 'waiting') && spoken !== '')
      ? short
      : spoken;
  if (toSpeak !== spoken) setSpoken(toSpeak);
  return (
    <>
      <Tooltip label={detail} multiline maw={320}>
        {/* Focusable, so that the reason is there without a pointer. */}
        <button
          type="button"
          className={classes['saveState']}
          data-kind={state.kind}
          data-testid="save-state"
          aria-label={`${t('collaboration.saving.label')}. ${short}. ${detail}`}
        >
          <Icon
            size={16}
            stroke={1.8}
            aria-hidden
            className={state.kind === 'opening' ? classes['turning'] : undefined}
          />
          <span className={classes['saveWords']} aria-hidden="true">
            {short}
          </span>
        </button>
      </Tooltip>
      <output className={classes['spoken']} aria-live="polite">
        {spoken}
      </output>
    </>
  );
}
