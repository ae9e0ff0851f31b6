import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { phoneHref, siteName } from '#shared/domain/contact.ts';
import { regionName } from '#shared/domain/regions.ts';
import type { NoteSheet } from '#shared/document/sheet.ts';
import { useEditorServices } from '../../../editor/reading.ts';
import { useLanguage } from '../../../i18n/index.ts';
import { QuebecMap } from '../map/QuebecMap.tsx';
import styles from './Sheet.module.css';

/** Where an organisation is, and how to reach it, beside a map of the regions. */
export function OrganisationSheet({ sheet }: { readonly sheet: NoteSheet }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { address, region, phone, email, site } = sheet;
  return (
    <div className={styles.organisation}>
      <dl className={styles.facts}>
        {address !== '' && (
          <Fact label={t('notes.sheet.address')}>
            <span className={styles.lines}>{address}</span>
          </Fact>
        )}
        {region !== null && <Fact label={t('notes.sheet.region')}>{regionName(region, language)}</Fact>}
        {phone !== '' && (
          <Fact label={t('notes.sheet.phone')}>
            <Outside href={phoneHref(phone)}>{phone}</Outside>
          </Fact>
        )}
        {email !== '' && (
          <Fact label={t('notes.sheet.email')}>
            <Outside href={`mailto:${email}`}>{email}</Outside>
          </Fact>
        )}
        {site !== '' && (
          <Fact label={t('notes.sheet.site')}>
            <Outside href={site}>{siteName(site)}</Outside>
          </Fact>
        )}
      </dl>
      <SheetMap sheet={sheet} />
    </div>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The region of an organisation, and its place in it; nothing for one that is outside Québec. */
export function SheetMap({ sheet: { region, coordinates } }: { readonly sheet: NoteSheet }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (region === 'hors-quebec' || (region === null && coordinates === null)) return null;
  return (
    <div className={styles.map}>
      <QuebecMap
        label={
          region === null
            ? t('notes.sheet.mapAlone')
            : t('notes.sheet.map', { region: regionName(region, language) })
        }
        selected={region}
        point={coordinates}
      />
    </div>
  );
}

/** A link that leaves the application, opened as those of the text are. */
function Outside({ href, children }: { readonly href: string; readonly children: string }) {
  const services = useEditorServices();
  return (
    <a
      href={href}
      rel="noreferrer"
      onClick={(event) => {
        event.preventDefault();
        services.openAddress(href);
      }}
    >
      {children}
    </a>
  );
}
