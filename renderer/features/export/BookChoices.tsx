import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type BookOptions, bookThemes, bookVariants, pageFormats } from '#shared/api/exports.ts';
import { Choice } from '../../ui/index.ts';
import styles from './ExportDialog.module.css';

interface Props {
  readonly options: BookOptions;
  readonly onChange: (options: BookOptions) => void;
  /** What the browser prints by itself goes to no printing house. */
  readonly isOwnPrint?: boolean;
}

/** How a printed book is made: its page, its look, what it is for, its numbers. */
export function BookChoices({ options, onChange, isOwnPrint = false }: Props) {
  const { t } = useTranslation();
  const { format, theme, variant, numbered } = options;
  return (
    <div className={styles.choices}>
      <Choice
        label={t('share.export.format')}
        value={format}
        onChange={(next) => onChange({ ...options, format: next })}
        options={pageFormats.map((value) => ({ value, label: t(`share.export.formats.${value}`) }))}
        hint={t(`share.export.formatHints.${format}`)}
      />
      {!isOwnPrint && (
        <Choice
          label={t('share.export.variant')}
          value={variant}
          onChange={(next) => onChange({ ...options, variant: next })}
          options={bookVariants.map((value) => ({ value, label: t(`share.export.variants.${value}`) }))}
          hint={t(`share.export.variantHints.${variant}`)}
        />
      )}
      <Choice
        label={t('share.export.theme')}
        value={theme}
        onChange={(next) => onChange({ ...options, theme: next })}
        options={bookThemes.map((value) => ({ value, label: t(`share.export.themes.${value}`) }))}
        hint={t(`share.export.themeHints.${theme}`)}
      />
      <Checkbox
        label={t('share.export.numbered')}
        checked={numbered}
        onChange={(event) => onChange({ ...options, numbered: event.currentTarget.checked })}
      />
    </div>
  );
}
