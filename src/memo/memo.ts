/**
 * MeMo, the message of Digital Post, as plain values: named as in the official XSD (MeMo 1.1 and 1.2), first letter
 * small, `ID` written `Id`. What may be absent in the XSD is optional here, and `undefined` counts as absent.
 *
 * `FileValue` is what a File holds: a `MemoFile` whose content can be opened when a message is to be written, a
 * `ReadFile` with the size alone when a message was read.
 */
export interface Memo<FileValue = MemoFile> {
  readonly version: MemoVersion;
  readonly header: MessageHeader;
  /** null for a NEMSMS, which is its header alone. */
  readonly body: MessageBody<FileValue> | null;
}

export type MemoVersion = '1.1' | '1.2';

export interface MessageHeader {
  readonly messageType: 'DIGITALPOST' | 'NEMSMS';
  /** UUID version 4; other versions are refused by the XSD. */
  readonly messageUUID: string;
  readonly messageId?: string | undefined;
  readonly messageCode?: string | undefined;
  /** The title, at most 256 characters. */
  readonly label: string;
  /** At most 150 characters; the text itself of a NEMSMS. */
  readonly notification?: string | undefined;
  readonly additionalNotification?: string | undefined;
  /** May the recipient answer. */
  readonly reply: boolean;
  readonly replyByDateTime?: Date | undefined;
  /** YYYY-MM-DD. */
  readonly doNotDeliverUntilDate?: string | undefined;
  /** Left out is false; version 1.1 always carries it. */
  readonly mandatory?: boolean | undefined;
  /** Left out is false; version 1.1 always carries it. */
  readonly legalNotification?: boolean | undefined;
  readonly postType?: string | undefined;
  readonly sender: Sender;
  readonly recipient: Recipient;
  readonly contentData?: ContentData | undefined;
  readonly forwardData?: ForwardData | undefined;
  /** The thread so far: one for each message, the oldest first. */
  readonly replyData?: readonly ReplyData[] | undefined;
}

/** `idType` is upper case here; the reader accepts either case. */
export type IdType = 'CPR' | 'CVR';

export interface Sender {
  readonly id: string;
  readonly idType: IdType;
  readonly idTypeLabel?: string | undefined;
  readonly label: string;
  readonly attention?: AttentionData | undefined;
  /** Where an answer shall go. */
  readonly contactPoint?: ContactPoint | undefined;
  /** Only in 1.2; left out of a message written as 1.1. */
  readonly representative?: Representative | undefined;
}

export interface Recipient {
  readonly id: string;
  readonly idType: IdType;
  readonly idTypeLabel?: string | undefined;
  readonly label?: string | undefined;
  readonly attention?: AttentionData | undefined;
  readonly contactPoint?: ContactPoint | undefined;
}

export interface Representative {
  readonly id?: string | undefined;
  readonly idType?: string | undefined;
  readonly idTypeLabel?: string | undefined;
  readonly label?: string | undefined;
}

export interface ContactPoint {
  readonly contactGroup?: string | undefined;
  /** A UUID of any version. */
  readonly id: string;
  readonly label?: string | undefined;
  /** At most 2. */
  readonly contactInfo?: readonly LabelledValue[] | undefined;
}

export interface LabelledValue {
  readonly label: string;
  readonly value: string;
}

export interface AttentionData {
  readonly attentionPerson?: { readonly personId?: string | undefined; readonly label?: string | undefined } | undefined;
  readonly productionUnit?: ProductionUnit | undefined;
  readonly globalLocationNumber?:
    | { readonly globalLocationNumber: string; readonly location?: string | undefined }
    | undefined;
  readonly eMail?: { readonly emailAddress: string; readonly relatedAgent?: string | undefined } | undefined;
  readonly seNumber?: { readonly seNumber: string; readonly companyName?: string | undefined } | undefined;
  readonly telephone?: { readonly telephoneNumber: string; readonly relatedAgent?: string | undefined } | undefined;
  readonly eId?: { readonly eId: string; readonly label?: string | undefined } | undefined;
  readonly contentResponsible?:
    | { readonly contentResponsibleId?: string | undefined; readonly label?: string | undefined }
    | undefined;
  readonly generatingSystem?: { readonly generatingSystemId: string; readonly label?: string | undefined } | undefined;
  readonly sorData?: { readonly sorIdentifier: string; readonly entryName?: string | undefined } | undefined;
  readonly address?: Address | undefined;
  readonly unstructuredAddress?: { readonly unstructured: string } | undefined;
}

export interface ProductionUnit {
  /** Digits, at most 9999999999. */
  readonly productionUnitNumber: string;
  readonly productionUnitName?: string | undefined;
}

export interface Address {
  readonly id?: string | undefined;
  readonly addressLabel?: string | undefined;
  readonly houseNumber?: string | undefined;
  readonly door?: string | undefined;
  readonly floor?: string | undefined;
  readonly co?: string | undefined;
  readonly zipCode?: string | undefined;
  readonly city?: string | undefined;
  readonly country?: string | undefined;
  readonly addressPoint?:
    | {
        readonly geographicEastingMeasure?: string | undefined;
        readonly geographicNorthingMeasure?: string | undefined;
        readonly geographicHeightMeasure?: string | undefined;
      }
    | undefined;
}

/** What the message is about, for machines. */
export interface ContentData {
  readonly cprData?: { readonly cprNumber: string; readonly name?: string | undefined } | undefined;
  readonly cvrData?: { readonly cvrNumber: string; readonly companyName?: string | undefined } | undefined;
  readonly motorVehicle?: { readonly licenseNumber: string; readonly chassisNumber?: string | undefined } | undefined;
  readonly propertyNumber?: { readonly propertyNumber: string } | undefined;
  readonly caseId?: { readonly caseId: string; readonly caseSystem: string } | undefined;
  readonly kle?: KleData | undefined;
  readonly form?: FormData | undefined;
  readonly productionUnit?: ProductionUnit | undefined;
  readonly education?: { readonly educationCode: string; readonly educationName?: string | undefined } | undefined;
  readonly address?: Address | undefined;
  readonly unstructuredAddress?: { readonly unstructured: string } | undefined;
  /** At most 10. */
  readonly additionalContentData?: readonly AdditionalContentData[] | undefined;
}

export interface KleData {
  readonly subjectKey: string;
  readonly version: string;
  readonly activityFacet?: string | undefined;
  readonly label: string;
}

export interface FormData {
  readonly taskKey: string;
  readonly version: string;
  readonly activityFacet?: string | undefined;
  readonly label: string;
}

export interface AdditionalContentData {
  readonly contentDataType?: string | undefined;
  readonly contentDataName: string;
  readonly contentDataValue: string;
}

export interface ForwardData {
  readonly messageUUID: string;
  readonly originalMessageDateTime: Date;
  readonly originalSender: string;
  readonly originalContentResponsible?: string | undefined;
  /** Only in 1.2; left out of a message written as 1.1. */
  readonly originalRepresentative?: string | undefined;
  readonly contactPointId?: string | undefined;
  readonly comment?: string | undefined;
}

/** One message of the thread; an answer carries those of the message it answers back unchanged and adds its own. */
export interface ReplyData {
  readonly messageId?: string | undefined;
  readonly messageUUID: string;
  /** The messageUUID that this message of the thread answers. */
  readonly replyUUID?: string | undefined;
  readonly senderId?: string | undefined;
  readonly recipientId?: string | undefined;
  readonly caseId?: string | undefined;
  readonly contactPointId?: string | undefined;
  readonly generatingSystemId?: string | undefined;
  readonly comment?: string | undefined;
  /** At most 4. */
  readonly additionalReplyData?: readonly LabelledValue[] | undefined;
}

export interface MessageBody<FileValue = MemoFile> {
  readonly createdDateTime: Date;
  readonly mainDocument: MemoDocument<FileValue>;
  /** At most 10 by the platform's rule. */
  readonly additionalDocuments: readonly MemoDocument<FileValue>[];
  readonly technicalDocuments: readonly TechnicalDocument<FileValue>[];
}

/** Several files in one document are the same content in several formats: never two attachments. */
export interface TechnicalDocument<FileValue = MemoFile> {
  readonly id?: string | undefined;
  readonly label?: string | undefined;
  readonly files: readonly FileValue[];
}

export interface MemoDocument<FileValue = MemoFile> extends TechnicalDocument<FileValue> {
  readonly actions?: readonly Action[] | undefined;
}

/** `reservation` goes with the code AFTALE, `entryPoint` with the others; never both. */
export interface Action {
  readonly label: string;
  readonly actionCode: string;
  readonly startDateTime?: Date | undefined;
  readonly endDateTime?: Date | undefined;
  readonly reservation?: Reservation | undefined;
  readonly entryPoint?: { readonly url: string } | undefined;
}

export interface Reservation {
  readonly description: string;
  readonly reservationUUID: string;
  readonly abstract: string;
  readonly location: string;
  readonly startDateTime: Date;
  readonly endDateTime: Date;
  readonly organizerMail?: string | undefined;
  readonly organizerName?: string | undefined;
}

interface FileDescription {
  /** MIME type. */
  readonly encodingFormat: string;
  readonly filename: string;
  /** Two letters, `da` or `en`. */
  readonly language: string;
}

export interface MemoFile extends FileDescription {
  readonly content: MemoContent;
}

/** A file of a message that was read: its content was handed out on the way, its size is left. */
export interface ReadFile extends FileDescription {
  /** Size in bytes after base64 decoding. */
  readonly bytes: number;
}

/** A content that is read when it is needed, as often as it is needed, each time with the same bytes. */
export interface MemoContent {
  /** Exact size in bytes, known before the content is opened. */
  readonly bytes: number;
  open(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/**
 * A rule that a message breaks. `code` is NgDP's own error code where one is known, else `schema` (the XSD's rules)
 * or a plain word; `text` is Danish and holds no CPR number.
 */
export interface MemoFault {
  readonly code: string;
  readonly text: string;
}
