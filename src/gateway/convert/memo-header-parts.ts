import type { SingleAddress } from '../../domain/gateway-address.ts';
import type { Classification, OutboundMemoHeader } from '../../domain/memo-header-json.ts';
import { deadlineMoment } from '../../domain/memo-header-json.ts';
import type { Organisation } from '../../domain/organisation.ts';
import type { AttentionData, ContentData, MessageHeader, Recipient } from '../../memo/memo.ts';

/** What stands where nobody has told; MeMo demands a value (memo-ngdp.md 1.5). */
const NOT_TOLD = 'Ikke angivet';

/** Fills in what MeMo demands beside a case number and a classification, so that the letter is the same whenever it is written. */
export function completeMemoHeader(header: OutboundMemoHeader, { contentData = {} }: Pick<Organisation, 'contentData'>): OutboundMemoHeader {
  const complete = (given: Classification | null, version: string | undefined): Classification | null =>
    given && { key: given.key, version: given.version ?? version ?? NOT_TOLD, label: given.label ?? given.key };
  return {
    ...header,
    replyByDateTime: header.replyByDateTime === null ? null : (deadlineMoment(header.replyByDateTime)?.toISOString() ?? null),
    caseSystem: header.caseId === null ? null : (header.caseSystem ?? contentData.caseSystem ?? NOT_TOLD),
    kle: complete(header.kle, contentData.kleVersion),
    form: complete(header.form, contentData.formVersion),
  };
}

/** What of it stands in the message to one recipient. */
export interface CarriedParts {
  readonly header: Pick<MessageHeader, 'replyByDateTime' | 'contentData'>;
  readonly recipient: Pick<Recipient, 'attention'>;
}

/** A deadline is for those who can answer, a person to look for is for companies and authorities. */
export function carriedParts(header: OutboundMemoHeader, { replyable, recipient }: SingleAddress): CarriedParts {
  const { replyByDateTime } = header;
  return {
    header: {
      replyByDateTime: replyable && replyByDateTime !== null ? new Date(replyByDateTime) : undefined,
      contentData: contentDataOf(header),
    },
    recipient: { attention: recipient.kind === 'cvr' ? attentionOf(header) : undefined },
  };
}

/** What the message is about; undefined when nothing is told. */
function contentDataOf({ caseId, caseSystem, kle, form }: OutboundMemoHeader): ContentData | undefined {
  if (caseId === null && kle === null && form === null) return undefined;
  return {
    ...(caseId !== null && { caseId: { caseId, caseSystem: caseSystem ?? NOT_TOLD } }),
    ...(kle && { kle: { subjectKey: kle.key, version: kle.version ?? NOT_TOLD, label: kle.label ?? kle.key } }),
    ...(form && { form: { taskKey: form.key, version: form.version ?? NOT_TOLD, label: form.label ?? form.key } }),
  };
}

/** Who with a company or an authority it is for; undefined when nobody is named. */
function attentionOf({ attentionPerson, productionUnitNumber, globalLocationNumber }: OutboundMemoHeader): AttentionData | undefined {
  if (attentionPerson === null && productionUnitNumber === null && globalLocationNumber === null) return undefined;
  return {
    ...(attentionPerson !== null && { attentionPerson: { label: attentionPerson } }),
    ...(productionUnitNumber !== null && { productionUnit: { productionUnitNumber } }),
    ...(globalLocationNumber !== null && { globalLocationNumber: { globalLocationNumber } }),
  };
}
