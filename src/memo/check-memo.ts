import type { Action, ContactPoint, IdType, MemoDocument, MemoFault, ReadFile, TechnicalDocument } from './memo.ts';
import type { ReadMemo } from './read-memo.ts';

/** What the rules depend on beside the message. */
export interface CheckSettings {
  /** The day that doNotDeliverUntilDate is held against. */
  readonly today: Date;
  /** Extensions that the platform takes, lower case without dot; null: not checked (the official list is not public). */
  readonly allowedExtensions: ReadonlySet<string> | null;
  readonly memoBytesMax: number;
  readonly additionalDocumentsMax: number;
}

/**
 * What NgDP would refuse a readable message for: the breaches of the XSD that the reader met, then the rules beyond
 * it (R1 to R8 of the project's paper on MeMo, each from a public page of NgDP or KMD). `code` is NgDP's own where it
 * is known. Texts are Danish and hold no CPR number.
 */
export function checkMemo(memo: ReadMemo, settings: Partial<CheckSettings> = {}): readonly MemoFault[] {
  const { today, allowedExtensions, memoBytesMax, additionalDocumentsMax } = {
    today: new Date(), allowedExtensions: null, memoBytesMax: 99_500_000, additionalDocumentsMax: 10, ...settings,
  };
  return [
    ...memo.schemaFaults,
    ...checkParty('Afsenderens', memo.header.sender),
    ...checkParty('Modtagerens', memo.header.recipient),
    ...checkType(memo),
    ...checkDeliveryDate(memo, today),
    ...checkBody(memo, additionalDocumentsMax),
    ...allFiles(memo).flatMap((file) => checkFile(file, allowedExtensions)),
    ...checkSize(memo, memoBytesMax),
  ];
}

interface Party {
  readonly id: string;
  readonly idType: IdType;
  readonly contactPoint?: ContactPoint | undefined;
}

/** R3: CPR is text of 10 digits, CVR of 8. R4: a contact point's id is a UUID, of any version. */
function checkParty(whose: string, party: Party): readonly MemoFault[] {
  const faults: MemoFault[] = [];
  const digits = party.idType === 'CPR' ? 10 : 8;
  if (!new RegExp(`^[0-9]{${digits}}$`).test(party.id)) {
    faults.push({ code: 'id.format', text: `${whose} ${party.idType}-nummer er ikke på ${digits} cifre` });
  }
  const contactPoint = party.contactPoint?.id;
  if (contactPoint !== undefined && !uuid.test(contactPoint)) {
    faults.push({ code: 'contact.point.id.format.not.allowed', text: `${whose} kontaktpunkt-id er ikke et UUID` });
  }
  return faults;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** R6, and that a DIGITALPOST has a body. */
function checkType({ header, body }: ReadMemo): readonly MemoFault[] {
  if (header.messageType === 'NEMSMS') {
    const empty = (header.notification ?? '').trim() === '';
    return empty ? [{ code: 'empty.notification.not.allowed', text: 'En NemSMS skal have en tekst' }] : [];
  }
  return body === null ? [{ code: 'body', text: 'Meddelelsen har intet indhold (MessageBody)' }] : [];
}

/** R5; how far ahead the date may be is not known. */
function checkDeliveryDate({ header }: ReadMemo, today: Date): readonly MemoFault[] {
  const day = header.doNotDeliverUntilDate;
  if (day === undefined || day >= danishDay(today)) return [];
  return [{ code: 'do.not.deliver.until.date.too.early', text: 'Datoen for tidligste levering er passeret' }];
}

/** The day it is in Denmark, as YYYY-MM-DD (the Swedish way of writing a date). */
function danishDay(time: Date): string {
  return time.toLocaleDateString('sv-SE', { timeZone: 'Europe/Copenhagen' });
}

/** R8: at most ten additional documents. R2: addresses of actions are https. */
function checkBody({ body }: ReadMemo, additionalDocumentsMax: number): readonly MemoFault[] {
  if (body === null) return [];
  const faults: MemoFault[] = [];
  const count = body.additionalDocuments.length;
  if (count > additionalDocumentsMax) {
    faults.push({ code: 'attachments', text: `${count} bilag, højst ${additionalDocumentsMax} er tilladt` });
  }
  const documents: readonly MemoDocument<ReadFile>[] = [body.mainDocument, ...body.additionalDocuments];
  return [...faults, ...documents.flatMap(({ actions = [] }) => actions.flatMap(checkAction))];
}

function checkAction(action: Action): readonly MemoFault[] {
  const faults: MemoFault[] = [];
  if (action.entryPoint !== undefined && !action.entryPoint.url.startsWith('https://')) {
    faults.push({ code: 'action.uri', text: 'En handlings adresse begynder ikke med https://' });
  }
  if (action.entryPoint !== undefined && action.reservation !== undefined) {
    faults.push({ code: 'schema', text: 'En handling har både memo:Reservation og memo:EntryPoint' });
  }
  return faults;
}

function allFiles({ body }: ReadMemo): readonly ReadFile[] {
  if (body === null) return [];
  const documents: readonly TechnicalDocument<ReadFile>[] = [
    body.mainDocument, ...body.additionalDocuments, ...body.technicalDocuments,
  ];
  return documents.flatMap((document) => document.files);
}

/** R1: characters of file names. R7: no empty file, and the extension is on the list. */
function checkFile(file: ReadFile, allowedExtensions: ReadonlySet<string> | null): readonly MemoFault[] {
  const faults: MemoFault[] = [];
  if (forbiddenInName.test(file.filename)) {
    faults.push({ code: 'filename', text: 'Et filnavn har tegn, der ikke er tilladt' });
  }
  if (file.bytes === 0) faults.push({ code: 'file.empty.not.allowed', text: 'En fil er tom' });
  const extension = /\.([^.]+)$/.exec(file.filename)?.[1]?.toLowerCase() ?? '';
  if (allowedExtensions !== null && !allowedExtensions.has(extension)) {
    faults.push({ code: 'file.extension.not.allowed', text: `Filtypen .${extension} er ikke tilladt` });
  }
  return faults;
}

/** The exact list of the platform's news of November 2024, in force in production since 10 September 2025. */
const forbiddenInName = /[<>:"/\\|?*\r\n\u00a0\u2000-\u200a\u2028\u205f\u2060\u3000]/;

/** 99.5 MB, counted on the XML: whether the platform counts before or after base64 is not known. */
function checkSize({ bytes }: ReadMemo, memoBytesMax: number): readonly MemoFault[] {
  if (bytes <= memoBytesMax) return [];
  const megabytes = (memoBytesMax / 1_000_000).toLocaleString('da-DK');
  return [{ code: 'size', text: `Meddelelsen er over ${megabytes} MB` }];
}
