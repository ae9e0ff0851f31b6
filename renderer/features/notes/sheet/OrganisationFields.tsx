import { NativeSelect, TextInput } from '@mantine/core';
import { type KeyboardEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import {
  maxEmailLength,
  maxPhoneLength,
  maxSiteLength,
  readCoordinates,
  readEmail,
  readPhone,
  readSite,
} from '#shared/domain/contact.ts';
import { isRegion, regionName, regions } from '#shared/domain/regions.ts';
import { addressOf, maxAddressLength, type NoteSheet, writeContact } from '#shared/document/sheet.ts';
import { SharedTextField } from '../../../collaboration/index.ts';
import { fieldOrigin, undoManagerOf } from '../../../editor/reading.ts';
import { useLanguage } from '../../../i18n/index.ts';
import { SheetMap } from './OrganisationSheet.tsx';
import styles from './Sheet.module.css';

interface Props {
  readonly doc: Y.Doc;
  readonly sheet: NoteSheet;
}

/** The address of an organisation, its region and how to reach it. What has not its form is not kept, and says so. */
export function OrganisationFields({ doc, sheet }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const id = useId();
  const write = (
    ...value: Parameters<typeof writeContact> extends [unknown, ...infer Rest] ? Rest : never
  ) => {
    const undo = undoManagerOf(doc);
    undo.beginStep();
    doc.transact(() => writeContact(doc, ...value), fieldOrigin);
    undo.beginStep();
  };
  const contact = (
    [
      ['phone', readPhone, maxPhoneLength, 'tel'],
      ['email', readEmail, maxEmailLength, 'email'],
      ['site', readSite, maxSiteLength, 'url'],
    ] as const
  ).map(([key, read, maxLength, mode]) => (
    <CheckedField
      key={key}
      label={t(`notes.sheet.${key}`)}
      placeholder={t(`notes.sheet.${key}Placeholder`)}
      wrong={t(`notes.sheet.${key}Wrong`)}
      value={sheet[key]}
      maxLength={maxLength}
      mode={mode}
      check={(text) => text.trim() === '' || read(text) !== null}
      onWrite={(text) => write(key, text.trim() === '' ? null : read(text))}
    />
  ));
  const { coordinates } = sheet;
  return (
    <div className={styles.fields}>
      <div className={styles.pair}>
        <div>
          <label className={styles.label} htmlFor={id}>
            {t('notes.sheet.address')}
          </label>
          <SharedTextField
            id={id}
            text={addressOf(doc)}
            origin={fieldOrigin}
            undo={undoManagerOf(doc)}
            className={styles.text}
            placeholder={t('notes.sheet.addressPlaceholder')}
            maxLength={maxAddressLength}
          />
        </div>
        <NativeSelect
          label={t('notes.sheet.region')}
          labelProps={{ className: styles.label }}
          value={sheet.region ?? ''}
          onChange={(event) => {
            const { value } = event.currentTarget;
            write('region', isRegion(value) ? value : null);
          }}
          data={[
            { value: '', label: t('notes.sheet.noRegion') },
            ...regions.map((region) => ({ value: region, label: regionName(region, language) })),
          ]}
        />
        {contact}
        <CheckedField
          label={t('notes.sheet.coordinates')}
          placeholder={t('notes.sheet.coordinatesPlaceholder')}
          wrong={t('notes.sheet.coordinatesWrong')}
          value={coordinates === null ? '' : `${coordinates.latitude}, ${coordinates.longitude}`}
          maxLength={60}
          mode="text"
          check={(text) => text.trim() === '' || readPlace(text) !== null}
          onWrite={(text) => write('coordinates', text.trim() === '' ? null : readPlace(text))}
        />
      </div>
      <SheetMap sheet={sheet} />
    </div>
  );
}

/** Latitude and longitude as maps give them to be copied: « 48.4488, -68.5240 », « 48,4488; -68,5240 ». */
function readPlace(text: string) {
  const [latitude, longitude, ...more] = text.includes(';') ? text.split(';') : text.split(/,\s+|\s+/);
  if (latitude === undefined || longitude === undefined || more.some((part) => part.trim() !== ''))
    return null;
  return readCoordinates(latitude, longitude);
}

/** A field that writes what has its form when it is left, and says what is wrong with anything else. */
function CheckedField({
  label,
  placeholder,
  wrong,
  value,
  maxLength,
  mode,
  check,
  onWrite,
}: {
  readonly label: string;
  readonly placeholder: string;
  readonly wrong: string;
  /** What is kept. */
  readonly value: string;
  readonly maxLength: number;
  readonly mode: 'tel' | 'email' | 'url' | 'text';
  readonly check: (text: string) => boolean;
  readonly onWrite: (text: string) => void;
}) {
  // Null while it shows what is kept, whoever wrote it.
  const [draft, setDraft] = useState<string | null>(null);
  const [isWrong, setWrong] = useState(false);
  const leave = (): void => {
    if (draft === null) return;
    if (!check(draft)) {
      setWrong(true);
      return;
    }
    if (draft.trim() !== value) onWrite(draft);
    setDraft(null);
    setWrong(false);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') leave();
    else if (event.key === 'Escape' && draft !== null) {
      // Back to what is kept, and not yet to reading.
      event.stopPropagation();
      setDraft(null);
      setWrong(false);
    }
  };
  return (
    <TextInput
      label={label}
      labelProps={{ className: styles.label }}
      placeholder={placeholder}
      inputMode={mode}
      maxLength={maxLength}
      value={draft ?? value}
      error={isWrong ? wrong : null}
      onChange={(event) => {
        setDraft(event.currentTarget.value);
        if (isWrong && check(event.currentTarget.value)) setWrong(false);
      }}
      onBlur={leave}
      onKeyDown={onKeyDown}
    />
  );
}
