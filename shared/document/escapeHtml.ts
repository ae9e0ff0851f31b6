const replacements: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text made safe inside an element and inside a quoted attribute. Characters that HTML cannot hold are left out. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll(/\p{Cc}/gu, (sign) => ('\t\n\r'.includes(sign) ? sign : ''))
    .replaceAll(/[&<>"']/g, (sign) => replacements[sign] ?? '');
}

/** Attributes as HTML, each preceded by a space; null and undefined ones are left out. Also good for XML. */
export function htmlAttributes(
  attributes: Readonly<Record<string, string | number | null | undefined>>,
): string {
  return Object.entries(attributes)
    .map(([name, value]) =>
      value === null || value === undefined ? '' : ` ${name}="${escapeHtml(String(value))}"`,
    )
    .join('');
}
