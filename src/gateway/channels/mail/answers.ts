import { maskCprNumbersIn } from '../../../domain/cpr-number.ts';
import type { DeliveryAnswer } from '../channel-delivery.ts';

/**
 * What the mail server's answer means (RFC 5321 4.2.1): 5xx is final, everything else is tried again. A lost answer too,
 * for mail has no way of asking: at worst the mail comes twice, and Exchange drops a second one by its Message-ID.
 */
export function answerOfSmtp(error: unknown): DeliveryAnswer {
  const { responseCode, response, code } = error as { responseCode?: number; response?: string; code?: string };
  const final = responseCode !== undefined ? responseCode >= 500 : code === 'EENVELOPE';
  return {
    outcome: final ? 'refused' : 'retry',
    errorCode: responseCode === undefined ? `smtp.${(code ?? 'unknown').toLowerCase()}` : `smtp.${responseCode}`,
    errorMessage: response ? maskCprNumbersIn(response).slice(0, 500) : 'Mailserveren svarede ikke.',
  };
}
