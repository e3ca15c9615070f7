import { SMTPServer } from 'smtp-server';

/** A gateway's SMTP door that remembers what it was handed. */
export class SmtpDoor {
  readonly mails: { readonly from: string; readonly to: readonly string[]; readonly raw: string }[] = [];
  refusal: string | null = null;
  readonly #server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'], disableReverseLookup: true, closeTimeout: 50,
    onRcptTo: (_address, _session, done) => done(this.refusal === null ? null : Object.assign(new Error(this.refusal), { responseCode: 550 })),
    onData: (stream, session, done) => {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        this.mails.push({
          from: mailFrom ? mailFrom.address : '', to: rcptTo.map((one) => one.address), raw: Buffer.concat(pieces).toString('utf8'),
        });
        done();
      });
    },
  });

  async open(): Promise<number> {
    const server = this.#server.listen(0, '127.0.0.1');
    await new Promise<void>((resolve) => void server.once('listening', resolve));
    return (server.address() as { port: number }).port;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}
