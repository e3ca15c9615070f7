import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { checkLetter, type LetterQuestion } from '../../src/domain/letter-check.ts';
import { finalTemplates } from './letters/final-templates.ts';
import { formalTemplates } from './letters/formal-templates.ts';
import { heldOutNames, heldOutTemplates } from './letters/held-out-templates.ts';
import { rightLetters, wrongLetters, type LetterSource } from './letters/letter-generator.ts';
import { municipalTemplates } from './letters/municipal-templates.ts';
import { plainLetters } from './letters/plain-letters.ts';
import { terseTemplates } from './letters/terse-templates.ts';

const LETTERS = 1_000;
/** What is asked for (issue 6, "Tjek"): of a hundred wrong letters 99 are found, of a hundred right ones one is flagged. */
const MISSED_MAX = LETTERS / 100;
const FLAGGED_MAX = LETTERS / 100;
const SEED = 2_026;

const sources: Readonly<Record<string, LetterSource>> = {
  'of forty municipal templates': { templates: municipalTemplates, seed: SEED },
  'of a second hand, with other names': { templates: heldOutTemplates, names: heldOutNames, seed: SEED },
  'of a third hand: letterheads, forms, short notes': { templates: terseTemplates, names: heldOutNames, seed: SEED },
  'of forms and tables, with text behind the closing formula': { templates: formalTemplates, names: heldOutNames, seed: SEED },
  'of a last hand, seen when the check was done': { templates: finalTemplates, names: heldOutNames, seed: SEED },
};

/** What the check says of each letter, and which letters it should have said something else of. */
function unlike(letters: readonly { readonly question: LetterQuestion }[], isRight: (kinds: readonly string[]) => boolean): readonly string[] {
  return letters.flatMap(({ question }) => {
    const findings = checkLetter(question);
    return isRight(findings.map(({ kind }) => kind)) ? [] : [`${question.recipients[0]?.name ?? ''}: ${question.subject}\n${question.text}\n${findings.map(({ kind, quote }) => `${kind} »${quote?.found ?? ''}«`).join(', ')}`];
  });
}

const nothing = (kinds: readonly string[]) => kinds.length === 0;
const something = (kinds: readonly string[]) => kinds.length > 0;

describe('a thousand letters', () => {
  for (const [which, source] of Object.entries(sources)) {
    it(`${which}: the right ones are left alone`, () => {
      const flagged = unlike(rightLetters(source, LETTERS), nothing);
      assert.ok(flagged.length <= FLAGGED_MAX, `${flagged.length} flagged, such as\n${flagged.slice(0, 3).join('\n\n')}`);
    });

    it(`${which}: the wrong ones are found`, () => {
      const letters = wrongLetters(source, LETTERS);
      const missed = [
        ...unlike(letters.filter(({ wrong }) => wrong !== 'subject-number'), something),
        ...unlike(letters.filter(({ wrong }) => wrong === 'subject-number'), (kinds) => kinds.includes('subject-cpr')),
      ];
      assert.ok(missed.length <= MISSED_MAX, `${missed.length} missed, such as\n${missed.slice(0, 3).join('\n\n')}`);
    });
  }

  it('of two dozen other hands, each as one that was once read wrongly: are told apart', () => {
    const lines = readFileSync(new URL('../fixtures/outside-letters.jsonl', import.meta.url), 'utf8').trim().split('\n');
    const letters = lines.map((line) => JSON.parse(line) as Omit<LetterQuestion, 'today'> & { readonly isRight: boolean });
    const asked = (isRight: boolean) => letters.filter((letter) => letter.isRight === isRight).map((letter) => ({ question: { ...letter, today: new Date('2026-11-27T10:00:00Z') } }));
    assert.deepEqual(unlike(asked(true), nothing), []);
    assert.deepEqual(unlike(asked(false), something), []);
  });

  it('in plain words: the right ones are left alone, and mistakes put into them are found', () => {
    const flagged = unlike(plainLetters(SEED, LETTERS, false), nothing);
    const missed = unlike(plainLetters(SEED, LETTERS, true), something);
    assert.ok(flagged.length <= FLAGGED_MAX, `${flagged.length} flagged, such as\n${flagged.slice(0, 3).join('\n\n')}`);
    assert.ok(missed.length <= MISSED_MAX, `${missed.length} missed, such as\n${missed.slice(0, 3).join('\n\n')}`);
  });
});
