import { parseArgs } from 'node:util';
import { keepManifest, ownManifest } from './api/own-manifest.ts';

const HELP = `Laver tilføjelsesprogrammets manifest til jeres egen vært:

  npm run manifest -- --url https://post.kommune.dk --out manifest-post.xml

  --url        hvor Outlook når gatewayen: https og vært, intet efter (påkrævet)
  --out        filen, det skrives i; uden den skrives det her
  --provider   jeres navn som udbyder
  --id         et andet id (GUID), fx til et testmiljø ved siden af
`;

/** Makes the manifest for one's own host. `npm run manifest -- --url https://…` */
async function main(): Promise<void> {
  const { url, out, id, provider } = readChoices();
  if (url === undefined) return fail(HELP);
  const answer = await ownManifest({ url, ...(id === undefined ? {} : { id }), ...(provider === undefined ? {} : { providerName: provider }) });
  if (answer.kind === 'refused') return fail(`${answer.reason}\n`);
  if (out === undefined) {
    process.stdout.write(answer.xml);
    return;
  }
  await keepManifest(out, answer.xml);
  process.stdout.write(`Manifestet ligger i ${out}\n`);
}

function readChoices(): Readonly<Partial<Record<'url' | 'out' | 'id' | 'provider', string>>> {
  const option = { type: 'string' } as const;
  try {
    return parseArgs({ options: { url: option, out: option, id: option, provider: option } }).values;
  } catch {
    return {};
  }
}

function fail(text: string): void {
  process.stderr.write(text);
  process.exitCode = 1;
}

await main();
