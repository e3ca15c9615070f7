/** What a child process sees of the environment: where programs are, and the time zone; nothing of the gateway's secrets. */
export function childEnvironment(): { readonly PATH: string; readonly TZ: string } {
  return { PATH: process.env['PATH'] ?? '', TZ: 'Europe/Copenhagen' };
}
