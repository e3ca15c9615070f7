import { createTransport } from 'nodemailer';

/** Hands over a mail from a mailbox to a citizen whom every mailbox may write to. */
export async function handOverAs(smtpPort: number, mailbox: string, subject: string): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: smtpPort, ignoreTLS: true });
  const cvr = mailbox.endsWith('@nabo.example') ? '97281536' : '35833684';
  await transport.sendMail({ from: mailbox, to: `2512489996@${cvr}.ngdp.digital-post.dk`, subject, text: 'Kære borger' });
  transport.close();
}
