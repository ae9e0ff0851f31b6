import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test';
import type { FullRelay, TestVisitor } from './newFullRelay.ts';

/** One person's browser, with nothing of its own, and what went wrong in it. */
export interface OpenBrowser {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors of scripts and of the page's policy, as they came. */
  readonly errors: readonly string[];
}

/** Opens an address in a new browser. */
export async function openBrowser(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<OpenBrowser> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(url);
  return { context, page, errors };
}

/** Opens the relay's start link: the local person, signed in. */
export function openOwner(
  browser: Browser,
  relay: FullRelay,
  options: BrowserContextOptions = {},
): Promise<OpenBrowser> {
  return openBrowser(browser, relay.launchUrl, options);
}

/** Opens an address in a new browser in which somebody is signed in. */
export async function openAs(
  browser: Browser,
  visitor: Pick<TestVisitor, 'cookie'>,
  url: string,
  options: BrowserContextOptions = {},
): Promise<OpenBrowser> {
  const opened = await openBrowser(browser, 'about:blank', options);
  const [name = '', value = ''] = visitor.cookie.split('=');
  // Of a whole address it would hold for its folder alone.
  await opened.context.addCookies([{ name, value, url: new URL(url).origin }]);
  await opened.page.goto(url);
  return opened;
}
