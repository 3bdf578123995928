/**
 * The only door to a mail server: plain text to one address, under a Message-ID that follows from what is sent,
 * so that the same mail sent twice can be known as one. The library is loaded when the first mail goes out.
 * Must never: write an address or a word of a mail to a journal, or send without TLS beyond this machine.
 */
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';

const timeoutMs = 15_000;
const loopback = /^smtp:\/\/([^@]*@)?(127\.0\.0\.1|localhost|\[::1\])(:\d+)?\/?$/;

/** `smtps://user:password@host`, or `smtp://…` where the server offers STARTTLS, which is then required. */
export const mailConfig = z.strictObject({
  smtpUrl: z
    .string()
    .max(300)
    .regex(/^smtps?:\/\/\S+$/),
  from: z.email().max(200),
  /** how the sender is called; default the address alone */
  title: wire.text(80).optional(),
});
export type MailConfig = z.infer<typeof mailConfig>;

export interface Mail {
  /** `[A-Za-z0-9_-]+`, the same for the same mail */
  id: string;
  to: string;
  /** where an answer should go */
  replyTo: string;
  subject: string;
  text: string;
}

export interface Mailer {
  /** Throws Refusal: `unavailable` when another try may do, `mail_refused` when the server says no for good. */
  send(mail: Mail): Promise<void>;
}

export function createMailer({ smtpUrl, from, title }: MailConfig): Mailer {
  const host = from.split('@')[1] ?? 'localhost';
  const sending = async () => {
    const { createTransport } = await import('nodemailer');
    return createTransport({
      url: smtpUrl,
      requireTLS: !smtpUrl.startsWith('smtps:') && !loopback.test(smtpUrl),
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  };
  return {
    async send({ id, to, replyTo, subject, text }) {
      try {
        await (await sending()).sendMail({
          messageId: `<${id}@${host}>`,
          from: title ? { name: title, address: from } : from,
          to: { name: '', address: to },
          replyTo: { name: '', address: replyTo },
          subject,
          text,
        });
      } catch (error) {
        // 5xx is the server's last word (RFC 5321, section 4.2.1); everything else may pass.
        const code = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0;
        throw new Refusal(code >= 500 ? 'mail_refused' : 'unavailable');
      }
    },
  };
}
