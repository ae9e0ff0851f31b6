import type { WrittenLetter } from './letters.ts';

/** Takes letters to people. */
export interface Mailer {
  /** False where there is no mail server, and whoever runs the relay gives links to people themselves. */
  readonly reaches: boolean;
  /** @param link - the one in the letter, for who is not reached. @throws what the mail server says. */
  send(to: string, letter: WrittenLetter, link: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Without a mail server: says so, with the link, to whoever runs the relay.
 * @param print - a line that is not kept with the log: links are secrets.
 */
export function printingMailer(print: (line: string) => void): Mailer {
  return {
    reaches: false,
    send: (to, { subject }, link) => {
      print(
        `No mail is sent, because CALEPIN_SMTP_URL is not set. « ${subject} »: give this link to ${to} yourself: ${link}`,
      );
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}
