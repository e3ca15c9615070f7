import type {
  Action, AdditionalContentData, Address, AttentionData, ContactPoint, ContentData, FormData, ForwardData, KleData,
  LabelledValue, Memo, MemoDocument, MessageBody, MemoFile, MessageHeader, ProductionUnit, Recipient, ReplyData,
  Representative, Reservation, Sender, TechnicalDocument,
} from './memo.ts';

/**
 * The XSD of MeMo 1.2 as a table: for each class its elements in the order that the XSD binds, with the property of
 * the value that holds it. The writer and the reader both walk it, so that neither can know an element that the other
 * does not. What 1.1 lacks is marked.
 */
export interface SchemaField<Key extends string = string> {
  /** Property of the value. */
  readonly key: Key;
  /** Name with its official prefix, e.g. `grd:Address`. */
  readonly tag: string;
  readonly type: LeafType | readonly SchemaField[];
  readonly required: boolean;
  /** null: a single value; else the value is an array of at most so many. */
  readonly countMax: number | null;
  readonly only12: boolean;
}

/** Simple types of MeMo_dataTypes.xsd and the XML Schema types that the core uses. */
export type LeafType =
  | 'text' | 'comment' | 'notification' | 'uri' | 'uuid' | 'messageType' | 'idType' | 'language' | 'licenseNumber'
  | 'gln' | 'pNumber' | 'boolean' | 'dateTime' | 'date' | 'content';

/** Prefixes and namespaces as the official Java writer declares them, in its order. */
export const namespaceOfPrefix: ReadonlyMap<string, string> = new Map([
  ['memo', 'https://DigitalPost.dk/MeMo-1'],
  ['grd', 'https://data.gov.dk/model/core/'],
  ['gln', 'https://www.gs1.dk/gs1-standarder/identifikation/gln-global-location-number/'],
  ['udd', 'https://www.dst.dk/da/TilSalg/Forskningsservice/Dokumentation/hoejkvalitetsvariable/elevregister-2/udd#'],
  ['form', 'http://www.form-online.dk/'],
  ['dmv', 'https://motorregister.skat.dk/'],
  ['kle', 'http://kle-online.dk/'],
  ['sor', 'https://services.nsi.dk/en/Services/SOR'],
]);

type Fields<Value> = readonly SchemaField<keyof Value & string>[];
type Present<Value> = NonNullable<Value>;

const address: Fields<Address> = [
  optional('id', 'grd:id', 'text'),
  optional('addressLabel', 'grd:addressLabel', 'text'),
  optional('houseNumber', 'grd:houseNumber', 'text'),
  optional('door', 'grd:door', 'text'),
  optional('floor', 'grd:floor', 'text'),
  optional('co', 'grd:co', 'text'),
  optional('zipCode', 'grd:zipCode', 'text'),
  optional('city', 'grd:city', 'text'),
  optional('country', 'grd:country', 'text'),
  optional('addressPoint', 'grd:AddressPoint', [
    optional('geographicEastingMeasure', 'grd:geographicEastingMeasure', 'text'),
    optional('geographicNorthingMeasure', 'grd:geographicNorthingMeasure', 'text'),
    optional('geographicHeightMeasure', 'grd:geographicHeightMeasure', 'text'),
  ] satisfies Fields<Present<Address['addressPoint']>>),
];

const unstructuredAddress: Fields<Present<AttentionData['unstructuredAddress']>> = [
  required('unstructured', 'grd:unstructured', 'text'),
];

const productionUnit: Fields<ProductionUnit> = [
  required('productionUnitNumber', 'grd:productionUnitNumber', 'pNumber'),
  optional('productionUnitName', 'grd:productionUnitName', 'text'),
];

const attentionData: Fields<AttentionData> = [
  optional('attentionPerson', 'memo:AttentionPerson', [
    optional('personId', 'memo:personID', 'text'),
    optional('label', 'memo:label', 'text'),
  ] satisfies Fields<Present<AttentionData['attentionPerson']>>),
  optional('productionUnit', 'grd:ProductionUnit', productionUnit),
  optional('globalLocationNumber', 'gln:GlobalLocationNumber', [
    required('globalLocationNumber', 'gln:globalLocationNumber', 'gln'),
    optional('location', 'gln:location', 'text'),
  ] satisfies Fields<Present<AttentionData['globalLocationNumber']>>),
  optional('eMail', 'memo:EMail', [
    required('emailAddress', 'memo:emailAddress', 'text'),
    optional('relatedAgent', 'memo:relatedAgent', 'text'),
  ] satisfies Fields<Present<AttentionData['eMail']>>),
  optional('seNumber', 'grd:SEnumber', [
    required('seNumber', 'grd:seNumber', 'text'),
    optional('companyName', 'grd:companyName', 'text'),
  ] satisfies Fields<Present<AttentionData['seNumber']>>),
  optional('telephone', 'memo:Telephone', [
    required('telephoneNumber', 'memo:telephoneNumber', 'text'),
    optional('relatedAgent', 'memo:relatedAgent', 'text'),
  ] satisfies Fields<Present<AttentionData['telephone']>>),
  optional('eId', 'grd:EID', [
    required('eId', 'grd:eID', 'text'),
    optional('label', 'grd:label', 'text'),
  ] satisfies Fields<Present<AttentionData['eId']>>),
  optional('contentResponsible', 'memo:ContentResponsible', [
    optional('contentResponsibleId', 'memo:contentResponsibleID', 'text'),
    optional('label', 'memo:label', 'text'),
  ] satisfies Fields<Present<AttentionData['contentResponsible']>>),
  optional('generatingSystem', 'memo:GeneratingSystem', [
    required('generatingSystemId', 'memo:generatingSystemID', 'text'),
    optional('label', 'memo:label', 'text'),
  ] satisfies Fields<Present<AttentionData['generatingSystem']>>),
  optional('sorData', 'sor:SORdata', [
    required('sorIdentifier', 'sor:sorIdentifier', 'text'),
    optional('entryName', 'sor:entryName', 'text'),
  ] satisfies Fields<Present<AttentionData['sorData']>>),
  optional('address', 'grd:Address', address),
  optional('unstructuredAddress', 'grd:UnstructuredAddress', unstructuredAddress),
];

const labelledValue: Fields<LabelledValue> = [
  required('label', 'memo:label', 'text'),
  required('value', 'memo:value', 'text'),
];

const contactPoint: Fields<ContactPoint> = [
  optional('contactGroup', 'memo:contactGroup', 'text'),
  required('id', 'memo:contactPointID', 'text'),
  optional('label', 'memo:label', 'text'),
  several('contactInfo', 'memo:ContactInfo', labelledValue, 2),
];

const sender: Fields<Sender> = [
  required('id', 'memo:senderID', 'text'),
  required('idType', 'memo:idType', 'idType'),
  optional('idTypeLabel', 'memo:idTypeLabel', 'text'),
  required('label', 'memo:label', 'text'),
  optional('attention', 'memo:AttentionData', attentionData),
  optional('contactPoint', 'memo:ContactPoint', contactPoint),
  only12(optional('representative', 'memo:Representative', [
    optional('id', 'memo:representativeID', 'text'),
    optional('idType', 'memo:idType', 'text'),
    optional('idTypeLabel', 'memo:idTypeLabel', 'text'),
    optional('label', 'memo:label', 'text'),
  ] satisfies Fields<Representative>)),
];

const recipient: Fields<Recipient> = [
  required('id', 'memo:recipientID', 'text'),
  required('idType', 'memo:idType', 'idType'),
  optional('idTypeLabel', 'memo:idTypeLabel', 'text'),
  optional('label', 'memo:label', 'text'),
  optional('attention', 'memo:AttentionData', attentionData),
  optional('contactPoint', 'memo:ContactPoint', contactPoint),
];

const kle: Fields<KleData> = [
  required('subjectKey', 'kle:subjectKey', 'text'),
  required('version', 'kle:version', 'text'),
  optional('activityFacet', 'kle:activityFacet', 'text'),
  required('label', 'kle:label', 'text'),
];

const form: Fields<FormData> = [
  required('taskKey', 'form:taskKey', 'text'),
  required('version', 'form:version', 'text'),
  optional('activityFacet', 'form:activityFacet', 'text'),
  required('label', 'form:label', 'text'),
];

const contentData: Fields<ContentData> = [
  optional('cprData', 'grd:CPRdata', [
    required('cprNumber', 'grd:cprNumber', 'text'),
    optional('name', 'grd:name', 'text'),
  ] satisfies Fields<Present<ContentData['cprData']>>),
  optional('cvrData', 'grd:CVRdata', [
    required('cvrNumber', 'grd:cvrNumber', 'text'),
    optional('companyName', 'grd:companyName', 'text'),
  ] satisfies Fields<Present<ContentData['cvrData']>>),
  optional('motorVehicle', 'dmv:MotorVehicle', [
    required('licenseNumber', 'dmv:licenseNumber', 'licenseNumber'),
    optional('chassisNumber', 'dmv:chassisNumber', 'text'),
  ] satisfies Fields<Present<ContentData['motorVehicle']>>),
  optional('propertyNumber', 'grd:PropertyNumber', [required('propertyNumber', 'grd:propertyNumber', 'text')]),
  optional('caseId', 'memo:CaseID', [
    required('caseId', 'memo:caseID', 'text'),
    required('caseSystem', 'memo:caseSystem', 'text'),
  ] satisfies Fields<Present<ContentData['caseId']>>),
  optional('kle', 'kle:KLEdata', kle),
  optional('form', 'form:FORMdata', form),
  optional('productionUnit', 'grd:ProductionUnit', productionUnit),
  optional('education', 'udd:Education', [
    required('educationCode', 'udd:educationCode', 'text'),
    optional('educationName', 'udd:educationName', 'text'),
  ] satisfies Fields<Present<ContentData['education']>>),
  optional('address', 'grd:Address', address),
  optional('unstructuredAddress', 'grd:UnstructuredAddress', unstructuredAddress),
  several('additionalContentData', 'memo:AdditionalContentData', [
    optional('contentDataType', 'memo:contentDataType', 'text'),
    required('contentDataName', 'memo:contentDataName', 'text'),
    required('contentDataValue', 'memo:contentDataValue', 'text'),
  ] satisfies Fields<AdditionalContentData>, 10),
];

const forwardData: Fields<ForwardData> = [
  required('messageUUID', 'memo:messageUUID', 'uuid'),
  required('originalMessageDateTime', 'memo:originalMessageDateTime', 'dateTime'),
  required('originalSender', 'memo:originalSender', 'text'),
  optional('originalContentResponsible', 'memo:originalContentResponsible', 'text'),
  only12(optional('originalRepresentative', 'memo:originalRepresentative', 'text')),
  optional('contactPointId', 'memo:contactPointID', 'text'),
  optional('comment', 'memo:comment', 'comment'),
];

const replyData: Fields<ReplyData> = [
  optional('messageId', 'memo:messageID', 'text'),
  required('messageUUID', 'memo:messageUUID', 'uuid'),
  optional('replyUUID', 'memo:replyUUID', 'uuid'),
  optional('senderId', 'memo:senderID', 'text'),
  optional('recipientId', 'memo:recipientID', 'text'),
  optional('caseId', 'memo:caseID', 'text'),
  optional('contactPointId', 'memo:contactPointID', 'text'),
  optional('generatingSystemId', 'memo:generatingSystemID', 'text'),
  optional('comment', 'memo:comment', 'comment'),
  several('additionalReplyData', 'memo:AdditionalReplyData', labelledValue, 4),
];

const header: Fields<MessageHeader> = [
  required('messageType', 'memo:messageType', 'messageType'),
  required('messageUUID', 'memo:messageUUID', 'uuid'),
  optional('messageId', 'memo:messageID', 'text'),
  optional('messageCode', 'memo:messageCode', 'text'),
  required('label', 'memo:label', 'text'),
  optional('notification', 'memo:notification', 'notification'),
  optional('additionalNotification', 'memo:additionalNotification', 'text'),
  optional('reply', 'memo:reply', 'boolean'),
  optional('replyByDateTime', 'memo:replyByDateTime', 'dateTime'),
  optional('doNotDeliverUntilDate', 'memo:doNotDeliverUntilDate', 'date'),
  optional('mandatory', 'memo:mandatory', 'boolean'),
  optional('legalNotification', 'memo:legalNotification', 'boolean'),
  optional('postType', 'memo:postType', 'text'),
  required('sender', 'memo:Sender', sender),
  required('recipient', 'memo:Recipient', recipient),
  optional('contentData', 'memo:ContentData', contentData),
  optional('forwardData', 'memo:ForwardData', forwardData),
  several('replyData', 'memo:ReplyData', replyData, Infinity),
];

const file: Fields<MemoFile> = [
  required('encodingFormat', 'memo:encodingFormat', 'text'),
  required('filename', 'memo:filename', 'text'),
  required('language', 'memo:language', 'language'),
  required('content', 'memo:content', 'content'),
];

const action: Fields<Action> = [
  required('label', 'memo:label', 'text'),
  required('actionCode', 'memo:actionCode', 'text'),
  optional('startDateTime', 'memo:startDateTime', 'dateTime'),
  optional('endDateTime', 'memo:endDateTime', 'dateTime'),
  optional('reservation', 'memo:Reservation', [
    required('description', 'memo:description', 'text'),
    required('reservationUUID', 'memo:reservationUUID', 'uuid'),
    required('abstract', 'memo:abstract', 'text'),
    required('location', 'memo:location', 'text'),
    required('startDateTime', 'memo:startDateTime', 'dateTime'),
    required('endDateTime', 'memo:endDateTime', 'dateTime'),
    optional('organizerMail', 'memo:organizerMail', 'text'),
    optional('organizerName', 'memo:organizerName', 'text'),
  ] satisfies Fields<Reservation>),
  optional('entryPoint', 'memo:EntryPoint', [required('url', 'memo:url', 'uri')]),
];

const files = { ...several('files', 'memo:File', file, Infinity), required: true };
const actions = several('actions', 'memo:Action', action, Infinity);
const label = optional('label', 'memo:label', 'text');

const mainDocument: Fields<MemoDocument> = [optional('id', 'memo:mainDocumentID', 'text'), label, files, actions];
const additionalDocument: Fields<MemoDocument> = [
  optional('id', 'memo:additionalDocumentID', 'text'), label, files, actions,
];
const technicalDocument: Fields<TechnicalDocument> = [optional('id', 'memo:technicalDocumentID', 'text'), label, files];

const body: Fields<MessageBody> = [
  required('createdDateTime', 'memo:createdDateTime', 'dateTime'),
  required('mainDocument', 'memo:MainDocument', mainDocument),
  several('additionalDocuments', 'memo:AdditionalDocument', additionalDocument, Infinity),
  several('technicalDocuments', 'memo:TechnicalDocument', technicalDocument, Infinity),
];

/** The children of `memo:Message`. */
export const messageFields: Fields<Memo> = [
  required('header', 'memo:MessageHeader', header),
  optional('body', 'memo:MessageBody', body),
];

function required<Key extends string>(key: Key, tag: string, type: SchemaField['type']): SchemaField<Key> {
  return { key, tag, type, required: true, countMax: null, only12: false };
}

function optional<Key extends string>(key: Key, tag: string, type: SchemaField['type']): SchemaField<Key> {
  return { key, tag, type, required: false, countMax: null, only12: false };
}

function several<Key extends string>(
  key: Key, tag: string, type: SchemaField['type'], countMax: number,
): SchemaField<Key> {
  return { key, tag, type, required: false, countMax, only12: false };
}

function only12<Key extends string>(field: SchemaField<Key>): SchemaField<Key> {
  return { ...field, only12: true };
}
