/** The one part that tests use: a page as a browser without scripts reads it. */
declare module 'jsdom' {
  export class JSDOM {
    constructor(html: string);
    readonly window: { readonly document: Document };
  }
}
