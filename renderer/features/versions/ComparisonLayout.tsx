import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { preferences, usePreferences } from '../../platform/index.ts';

const layouts = ['inline', 'sides'] as const;

/** In one text, or side by side: kept for this device. */
export function ComparisonLayout() {
  const { t } = useTranslation();
  const { comparison } = usePreferences();
  return (
    <SegmentedControl
      size="xs"
      radius="sm"
      aria-label={t('versions.sides.label')}
      value={comparison}
      onChange={(next) => preferences.set({ comparison: layouts.find((one) => one === next) ?? 'inline' })}
      data={layouts.map((value) => ({ value, label: t(`versions.sides.layout.${value}`) }))}
    />
  );
}
