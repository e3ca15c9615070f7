import { RegisterFault, type DoorWords } from './register-fault.ts';

/**
 * An address out of the settings for what must not be read on the way: CPR numbers, secrets, keys. Throws a RegisterFault
 * when it is none, or is plain HTTP to anybody but this machine.
 */
export function safeAddressOf(address: string, words: DoorWords): URL {
  const url = addressOf(address, words);
  if (isInTheClear(address)) throw new RegisterFault('in-the-clear', words);
  return url;
}

/** An address out of the settings. Throws a RegisterFault when it is none. */
export function addressOf(address: string, words: DoorWords): URL {
  if (!URL.canParse(address)) throw new RegisterFault('wrong-address', words);
  return new URL(address);
}

/** True where neither TLS nor the machine itself keeps what is sent from strangers. */
export function isInTheClear(address: string): boolean {
  if (!URL.canParse(address)) return true;
  const { protocol, hostname } = new URL(address);
  return protocol !== 'https:' && !/^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}
