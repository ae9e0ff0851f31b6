export { createI18n, systemLanguage } from './createI18n.ts';
export { formatBytes } from './formatBytes.ts';
export { formatList } from './formatList.ts';
export { formatDate, formatDateTime, formatRelative, formatSince } from '#shared/domain/dates.ts';
export { useLanguage } from './useLanguage.ts';
