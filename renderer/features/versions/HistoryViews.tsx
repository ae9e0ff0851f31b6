import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type HistoryView, historyViews } from './historyFind.ts';

/** The ways to look at a history. */
export function HistoryViews({
  view,
  onView,
}: {
  readonly view: HistoryView;
  readonly onView: (view: HistoryView) => void;
}) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      radius="sm"
      aria-label={t('versions.views.label')}
      value={view}
      onChange={(next) => onView(next as HistoryView)}
      data={historyViews.map((value) => ({ value, label: t(`versions.views.${value}`) }))}
    />
  );
}
