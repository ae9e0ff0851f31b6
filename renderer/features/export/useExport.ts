import { useCallback, useSyncExternalStore } from 'react';
import { getI18n } from 'react-i18next';
import { api, failureCode } from '../../api/index.ts';
import { notify, notifyProblem } from '../../ui/index.ts';
import { exportFailure } from './exportFailure.ts';
import { type ExportBody, ExportRuns, type ExportState } from './ExportRuns.ts';
import { saveFile } from './saveFile.ts';

const runs = new ExportRuns({
  start: (body) => api.startExport(body),
  status: (id, signal) => api.exportStatus(id, signal),
  cancel: (id) => api.cancelExport(id),
  onUnseen: (state) => {
    const { t } = getI18n();
    if (state.kind === 'over' && state.status.step === 'done') {
      const { status } = state;
      notify(t('share.export.ready', { name: status.fileName }), {
        label: t('share.export.download'),
        act: () => void saveFile(status),
        stays: true,
      });
    } else if (state.kind === 'over') notifyProblem(t(`app.codes.${exportFailure(state.status)}`));
    else if (state.kind === 'refused') notifyProblem(t(`app.codes.${failureCode(state.error)}`));
  },
});

/**
 * The export of something, which goes on when the component goes: its end is told then.
 * @param key - what is exported.
 */
export function useExport(key: string): {
  readonly state: ExportState;
  readonly begin: (body: ExportBody) => void;
  readonly cancel: () => void;
} {
  const state = useSyncExternalStore(
    useCallback((onChange: () => void) => runs.watch(key, onChange), [key]),
    () => runs.state(key),
  );
  return { state, begin: (body) => runs.begin(key, body), cancel: () => runs.cancel(key) };
}
