import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { quebecRegions, type Region, regionName } from '#shared/domain/regions.ts';
import { queries } from '../../../api/index.ts';
import { useLanguage } from '../../../i18n/index.ts';
import { QuebecMap } from './QuebecMap.tsx';
import styles from './RegionChooser.module.css';

interface Props {
  readonly region: Region | null;
  /** Null for all of them. */
  readonly onChange: (region: Region | null) => void;
}

/** How many organisations each region has, on the map and by name; one of them chosen shows its own alone. */
export function RegionChooser({ region, onChange }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [pointed, setPointed] = useState<Region | null>(null);
  const counted = useQuery(queries.organisationCounts());
  const counts = new Map<Region, number>(Object.entries(counted.data?.counts ?? {}) as [Region, number][]);
  const choose = (one: Region): void => onChange(one === region ? null : one);
  const byName = [...quebecRegions].sort((a, b) =>
    regionName(a, language).localeCompare(regionName(b, language), 'fr'),
  );
  return (
    <section className={styles.chooser} aria-label={t('notes.regions.title')}>
      <div className={styles.map}>
        <QuebecMap
          label={
            region === null
              ? t('notes.regions.map')
              : t('notes.sheet.map', { region: regionName(region, language) })
          }
          selected={region}
          counts={counts}
          pointed={pointed}
          onPoint={setPointed}
          onChoose={choose}
        />
      </div>
      <ul role="list" className={styles.regions}>
        {[...byName, 'hors-quebec' as const].map((one) => {
          const count = counts.get(one) ?? 0;
          return (
            <li key={one}>
              <button
                type="button"
                className={styles.region}
                aria-pressed={one === region}
                data-pointed={one === pointed || undefined}
                data-none={count === 0 || undefined}
                onClick={() => choose(one)}
                onPointerEnter={() => setPointed(one)}
                onPointerLeave={() => setPointed(null)}
                onFocus={() => setPointed(one)}
                onBlur={() => setPointed(null)}
              >
                <span className={styles.name}>{regionName(one, language)}</span>
                <span className={styles.count}>
                  {' '}
                  {counted.data === undefined ? '' : count}{' '}
                  <span className="visually-hidden">{t('notes.regions.organisations', { count })}</span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
