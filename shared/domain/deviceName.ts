/** What a browser says of itself names others too: the first that fits is the one that it is. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?(iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\bElectron\//, 'Calepin'],
  [/\b(Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b/, 'Mac'],
  [/\bLinux\b/, 'Linux'],
];

function nameIn(list: typeof browsers, userAgent: string): string | null {
  return list.find(([sign]) => sign.test(userAgent))?.[1] ?? null;
}

/** The browser and the system of a `User-Agent`, as far as they can be told. */
export function deviceName(userAgent: string): {
  readonly browser: string | null;
  readonly system: string | null;
} {
  return { browser: nameIn(browsers, userAgent), system: nameIn(systems, userAgent) };
}
