import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isFirstName } from '../../src/domain/first-names.ts';

describe('a first name', () => {
  it('is known in every spelling, and as the first of two', () => {
    for (const name of ['Christian', 'Kristian', 'CHRISTIAN', 'Aase', 'Åse', 'Boje', 'Silje', 'Jørgen', 'Joergen', 'Agnieszka', 'Anne-Lise', 'Mohammad', 'Yasmin']) assert.ok(isFirstName(name), name);
  });

  it('is no surname, no street and no plain word', () => {
    for (const word of ['Nielsen', 'Birkevej', 'Afgørelse', 'Kommune', '']) assert.ok(!isFirstName(word), word);
  });
});
