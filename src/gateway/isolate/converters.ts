import type { Settings } from '../config.ts';
import { removeLeftoverFolders } from './leftover-folders.ts';
import { runConverter, type ConverterOutcome, type ConverterRun } from './run-converter.ts';
import { openWaitingLine } from './waiting-line.ts';
import { withoutExif } from './without-exif.ts';

/** The result, or why there is none, in Danish. */
export type Converted = { readonly kind: 'done'; readonly bytes: Buffer } | { readonly kind: 'failed'; readonly text: string };

export interface Converters {
  readonly office: boolean;
  readonly heic: boolean;
  /** An Office file, whose sort was looked at before, to PDF. `extension` is that of its content. */
  officeToPdf(file: { readonly bytes: Uint8Array; readonly extension: string }, signal: AbortSignal): Promise<Converted>;
  /** A HEIC picture to JPEG. */
  heicToJpeg(bytes: Uint8Array, signal: AbortSignal): Promise<Converted>;
  /** Ends what runs, with all it started, and takes its files away. */
  close(): Promise<void>;
}

type ConverterSettings = Pick<
  Settings,
  | 'OFFICE_CONVERTER' | 'OFFICE_CONVERTER_TIME_MAX_MS' | 'HEIC_CONVERTER' | 'HEIC_CONVERTER_TIME_MAX_MS' | 'UNPACK_BYTES_MAX'
  | 'CONVERTER_MEMORY_MAX_BYTES' | 'CONVERTER_FILE_MAX_BYTES'
>;

// pdf.md 6: PDF/A-2b with tags; the PDF/UA switch makes files that are not. Comments in the margin are between colleagues, and what
// is to be filled in is shown as it stands.
const PDF_OPTIONS = JSON.stringify({
  SelectPdfVersion: { type: 'long', value: '2' },
  UseTaggedPDF: { type: 'boolean', value: 'true' },
  ExportBookmarks: { type: 'boolean', value: 'true' },
  ExportNotes: { type: 'boolean', value: 'false' },
  ExportFormFields: { type: 'boolean', value: 'false' },
});

/**
 * A profile in which no macro runs, no link is followed and nothing is updated; and in which numbers, dates, paper and language
 * are Danish where the file says nothing of them, as they are where it was written. A profile that no version has been in is
 * greeted with drawing tests of four seconds (`isProductVersionUpgraded` in LibreOffice's desktop/source/app/app.cxx).
 */
const REGISTRY = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>da-DK</value></prop></item>
<item oor:path="/org.openoffice.Setup/Product"><prop oor:name="ooSetupLastVersion" oor:op="fuse"><value>99.9</value></prop></item>
<item oor:path="/org.openoffice.Office.Linguistic/General"><prop oor:name="DefaultLocale" oor:op="fuse"><value>da-DK</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
`;

/**
 * The programs that this gateway is set up with; they come with no licence or code of ours. What those of a gateway that was
 * killed have left is taken away.
 */
export function openConverters(settings: ConverterSettings): Converters {
  const { run, close } = oneByOne();
  const timesMaxMs = [settings.OFFICE_CONVERTER_TIME_MAX_MS, settings.HEIC_CONVERTER_TIME_MAX_MS] as const;
  const swept = removeLeftoverFolders(Math.max(...timesMaxMs) + LEFTOVER_LATER_MS);
  const limitsFor = (timeMaxMs: number) => ({
    timeMaxMs, memoryMaxBytes: settings.CONVERTER_MEMORY_MAX_BYTES, fileMaxBytes: settings.CONVERTER_FILE_MAX_BYTES,
  });
  return {
    office: settings.OFFICE_CONVERTER !== '',
    heic: settings.HEIC_CONVERTER !== '',
    async officeToPdf({ bytes, extension }, signal) {
      const outcome = await run({
        program: settings.OFFICE_CONVERTER,
        args: [
          '-env:UserInstallation=file://{profile}', '--headless', '--norestore', '--nolockcheck', '--nodefault', '--nologo',
          '--convert-to', `pdf:${filterFor(extension)}:${PDF_OPTIONS}`, '--outdir', '{outDir}', '{in}',
        ],
        inName: `in.${extension.replace(/[^a-z0-9]/g, '')}`,
        outName: 'in.pdf',
        bytes,
        profile: { 'registrymodifications.xcu': REGISTRY },
        limits: limitsFor(settings.OFFICE_CONVERTER_TIME_MAX_MS),
        bytesMax: settings.UNPACK_BYTES_MAX,
        signal,
      });
      return told(outcome, 'Office-filen', 'Åbn filen, gem den som PDF, og vedhæft den i stedet.');
    },
    async heicToJpeg(bytes, signal) {
      const outcome = await run({
        program: settings.HEIC_CONVERTER,
        args: ['-q', '90', '{in}', '{out}'],
        inName: 'in.heic',
        outName: 'out.jpg',
        bytes,
        profile: {},
        limits: limitsFor(settings.HEIC_CONVERTER_TIME_MAX_MS),
        bytesMax: settings.UNPACK_BYTES_MAX,
        signal,
      });
      const shown = outcome.kind === 'done' ? { ...outcome, bytes: withoutExif(outcome.bytes) } : outcome;
      return told(shown, 'Billedet', 'Gem det som JPEG på telefonen eller computeren, og vedhæft det i stedet.');
    },
    async close() {
      await Promise.all([close(), swept]);
    },
  };
}

const WAITING_MAX = 20;
/** A run that has just ended takes its folder away itself. */
const LEFTOVER_LATER_MS = 10_000;

/** Each takes some 200 MB: they run one after another, and a line that is too long is told so. */
function oneByOne(): { run(run: ConverterRun): Promise<ConverterOutcome>; close(): Promise<void> } {
  const line = openWaitingLine(1);
  const closing = new AbortController();
  const running = new Set<Promise<ConverterOutcome>>();
  return {
    async run(run) {
      if (line.waiting() >= WAITING_MAX) return { kind: 'failed', reason: 'missing' };
      const signal = AbortSignal.any([run.signal, closing.signal]);
      if (!(await line.enter(signal))) return { kind: 'failed', reason: 'aborted' };
      const mine = runConverter({ ...run, signal });
      running.add(mine);
      try {
        return await mine;
      } finally {
        running.delete(mine);
        line.leave();
      }
    },
    async close() {
      closing.abort();
      await Promise.allSettled(running);
    },
  };
}

const calcExtensions = new Set(['xls', 'xlsx', 'xlsm', 'xlsb', 'ods', 'xltx', 'xltm', 'xlt']);
const impressExtensions = new Set(['ppt', 'pptx', 'pptm', 'odp', 'ppsx', 'ppsm', 'potx', 'potm', 'pps']);

function filterFor(extension: string): string {
  if (calcExtensions.has(extension)) return 'calc_pdf_Export';
  return impressExtensions.has(extension) ? 'impress_pdf_Export' : 'writer_pdf_Export';
}

function told(outcome: ConverterOutcome, what: string, instead: string): Converted {
  if (outcome.kind === 'done') return outcome;
  const reasons = {
    time: `${what} tog for lang tid at lave om.`,
    missing: `${what} kan ikke laves om lige nu.`,
    'no-result': `${what} kan ikke laves om; ${what === 'Billedet' ? 'det' : 'den'} er måske beskadiget.`,
    'too-large': `${what} bliver for stor.`,
    aborted: `Der var ikke tid til at lave ${what === 'Billedet' ? 'billedet' : 'Office-filen'} om.`,
  };
  return { kind: 'failed', text: `${reasons[outcome.reason]} ${instead}` };
}
