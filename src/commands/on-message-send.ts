// The Smart Alert: Outlook runs it when Send is pressed. What becomes of the mail, by what the draft itself tells:
//
//   recipients                               and                                        the mail
//   ---------------------------------------  -----------------------------------------  ------------------------------
//   colleagues only                          (nothing else is read)                     goes
//   a number where an address should stand   -                                          stays: bareNumber
//   an address like Digital Post's           -                                          stays: lookalike
//   an address under digital-post.dk         written wrong, or a citizen's desk         stays: badAddress
//   a mass send and others in Digital Post   -                                          stays: massNotAlone
//   in Digital Post                          more, larger, empty or forbidden files     stays: tooMany, tooBig, emptyFile,
//                                                                                       types, macro
//   outsiders; or in Digital Post (lists)    MemoHeader files; masseforsendelse.txt     stays: memoHeader
//   in Digital Post, or outsiders            a CPR number in the subject                stays: subjectCpr
//   outsiders                                CPR numbers in subject, text, file names,  stays: outsideCpr
//                                            in addresses and names in Til and Cc
//   a mass send                              its list is missing, there are two, lines  stays: massNoList, massLists,
//                                            cannot be used, another number of them     massLines, mass
//   any                                      several of these                           stays: one box names them all
//   any                                      none of these                              goes
//   any                                      a call of Outlook's fails, throws or       judged by what has been read;
//                                            does not answer within GUARD_MS            goes where that tells nothing
//   any                                      a fault of ours                            goes: the gateway checks again
//
// The rules are domain/draft-check.ts, which the pane runs too. No network, no token, nothing written. SoftBlock (manifest.xml):
// where this cannot run, people can send. Classic Outlook runs it without a page, in an engine that may know ES2016 only.
import { draftStops } from '../domain/draft-check.ts';
import { guessedOwnMail } from '../domain/draft-recipients.ts';
import { alertText, wordsOf } from './alert-text.ts';
import { keptForAlert, type KeptForAlert } from './kept-for-alert.ts';
import { readDraft, type KnownDraft } from './read-draft.ts';

/** After five seconds Outlook itself asks the person to wait or to send (outlook.md 1). */
const GUARD_MS = 4_000;

/** The button of the pane in a compose window (manifest.xml). */
const PANE_BUTTON_ID = 'digitalPostCompose';

type Verdict = Office.SmartAlertsEventCompletedOptions;

/** Judges the draft, and completes the event: once, whatever happens. A second completion would let a stopped mail go. */
function onMessageSend(event: Office.MailboxEvent): void {
  let completed = false;
  let verdictNow = (): Verdict => ({ allowEvent: true });
  const complete = (): void => {
    if (completed) return;
    completed = true;
    event.completed(verdictNow());
  };
  setTimeout(complete, GUARD_MS);
  try {
    const { mailbox, roamingSettings, displayLanguage } = Office.context;
    const kept = keptForAlert(roamingSettings);
    const known: KnownDraft = {
      to: [], cc: [], bcc: [], subject: null, attachments: null, bodyText: null, massListText: null,
      ownMail: kept.mailDomains.length ? { domains: kept.mailDomains, guessed: false } : guessedOwnMail([mailbox.userProfile.emailAddress]),
    };
    verdictNow = () => verdictOf(known, kept, displayLanguage || '');
    readDraft(mailbox.item as unknown as Office.MessageCompose, known).then(complete, complete);
  } catch {
    complete();
  }
}

function verdictOf(known: KnownDraft, kept: KeptForAlert, outlookLanguage: string): Verdict {
  try {
    const stops = draftStops(known, known.ownMail);
    const [first] = stops;
    if (!first) return { allowEvent: true };
    const words = wordsOf(kept, outlookLanguage);
    return {
      allowEvent: false,
      errorMessage: alertText(stops, kept.home, words),
      cancelLabel: words['alert.button'],
      commandId: PANE_BUTTON_ID,
      contextData: JSON.stringify({ show: first.code }),
    };
  } catch {
    return { allowEvent: true };
  }
}

// Outlook on the web hands events over only where this has been called (outlook.md 1); classic Outlook does not need it.
if (Office.onReady) void Office.onReady();
Office.actions.associate('onMessageSend', onMessageSend);
