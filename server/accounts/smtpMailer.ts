import { createTransport } from 'nodemailer';
import type { Mailer } from './Mailer.ts';

const connectMs = 10_000;
const answerMs = 20_000;

/**
 * Sends letters by a mail server.
 * @param url - `smtps://user:password@mail.example.org`; with `smtp:` the connection is encrypted as soon as the server offers it.
 * @param from - the address that letters come from.
 */
export function smtpMailer(url: string, from: string): Mailer {
  const transport = createTransport(
    { url, connectionTimeout: connectMs, greetingTimeout: connectMs, socketTimeout: answerMs },
    { from },
  );
  return {
    reaches: true,
    async send(to, { subject, text, html, unsubscribe }) {
      // One address: a list, or a name that hides another address, would reach others.
      await transport.sendMail({
        to: { name: '', address: to },
        subject,
        text,
        ...(html === undefined ? {} : { html }),
        // RFC 8058: programs for mail show a button that stops letters by one post.
        ...(unsubscribe === undefined
          ? {}
          : {
              headers: {
                'List-Unsubscribe': `<${unsubscribe}>`,
                'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
              },
            }),
      });
    },
    close() {
      transport.close();
      return Promise.resolve();
    },
  };
}
