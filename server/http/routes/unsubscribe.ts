import { type Context, Hono } from 'hono';
import { escapeHtml } from '#shared/document/escapeHtml.ts';
import { letterWords } from '../../mail/letterWords.ts';
import { personOfToken } from '../../mail/unsubscribeToken.ts';
import { answerPlainPage } from '../../public-pages/plainPage.ts';
import { styleSheetOf } from '../../public-pages/styleSheet.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';

/**
 * Stops letters about notices by the link that each of them has, without signing in (RFC 8058). Only POST does: programs that look at the links of a letter follow them.
 */
export function unsubscribeRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  const { noticeSettings, persons } = relay.catalogue;
  const styleSheet = styleSheetOf(relay.interfaceFolder);
  const find = async (context: Context<HttpEnvironment>) => {
    const id = personOfToken(relay.letterSecret, context.req.param('token') ?? '');
    const person = id === null ? null : await persons.get(id);
    return person === null ? null : { id: person.id, settings: await noticeSettings.get(person.id) };
  };
  const answer = async (
    context: Context<HttpEnvironment>,
    found: Awaited<ReturnType<typeof find>>,
    sentence: 'ask' | 'done' | 'invalid',
  ) => {
    const language = found?.settings.language ?? 'fr';
    const { page } = letterWords(language);
    const form = `<form method="post"><button type="submit">${escapeHtml(page.act)}</button></form>`;
    return answerPlainPage(context, {
      language,
      title: page.title,
      styleSheet: await styleSheet(),
      content: `<p>${escapeHtml(page[sentence])}</p>${sentence === 'ask' ? form : ''}`,
      status: sentence === 'invalid' ? 404 : 200,
    });
  };
  return new Hono<HttpEnvironment>()
    .get('/unsubscribe/:token', async (context) => {
      const found = await find(context);
      return answer(context, found, found === null ? 'invalid' : 'ask');
    })
    .post('/unsubscribe/:token', async (context) => {
      const found = await find(context);
      if (found === null) return answer(context, null, 'invalid');
      await noticeSettings.save(found.id, { ...found.settings, digest: 'never' });
      return answer(context, found, 'done');
    });
}
