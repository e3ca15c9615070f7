import { SMTPConnection } from 'smtp-server/lib/smtp-connection.js';

const takeRecipient = SMTPConnection.prototype.handler_RCPT;

/**
 * Makes smtp-server ask the door's rules also about an address that it cannot read itself, a blank in it for one, so that
 * the client hears what is wrong with it; written for the version that package.json pins. What the rules have nothing
 * against is refused by the library as before.
 */
export function tellMalformedAddresses(): void {
  SMTPConnection.prototype.handler_RCPT = function (command, callback) {
    const address = this.session.envelope.mailFrom && !this._parseAddressCommand('rcpt to', command) && writtenAddress(String(command));
    if (!address) return takeRecipient.call(this, command, callback);
    this._server.onRcptTo({ address, args: false }, this.session, (refusal?: (Error & { responseCode?: number }) | null) => {
      if (!refusal) return takeRecipient.call(this, command, callback);
      this.send(refusal.responseCode ?? 553, refusal.message);
      callback();
    });
  };
}

/** What stands between the outermost angle brackets of a command, if anything. */
function writtenAddress(command: string): string {
  return /<([^]*)>/.exec(command)?.[1]?.trim() ?? '';
}
