/* The package `hyphen` has no types of its own. */
declare module 'hyphen/fr/index.js' {
  const language: { readonly hyphenateSync: (text: string) => string };
  export default language;
}
declare module 'hyphen/en-us/index.js' {
  const language: { readonly hyphenateSync: (text: string) => string };
  export default language;
}
