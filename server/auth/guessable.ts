/** Passwords that somebody would find: those of leaks, and what is made of them, of names, dates, keyboards and repetition. */
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

/** A password found in fewer tries than this (as a power of ten) is refused: at 36 ms a try, eleven years of a core. */
const MIN_GUESSES_LOG10 = 10;
/** The estimate's work grows with the length; whoever is not through with so many characters is not easy to guess. */
const MAX_ESTIMATED = 32;
/** Ways to read signs as letters (4 for a, 0 for o) that are tried, for the same reason. */
const MAX_READINGS = 16;
/** Shorter names stand in many words. */
const MIN_NAME = 4;

/** Reads 49,000 leaked passwords, so it is made when the first one is asked for. */
let estimator: ZxcvbnFactory | undefined;

/** True when it is leaked or found with few tries. `known`: the login and the name. */
export function isEasyToGuess(password: string, known: readonly string[]): boolean {
  const text = password.normalize('NFKC');
  const lower = text.toLowerCase();
  if (known.some((word) => word.length >= MIN_NAME && lower.includes(word.toLowerCase()))) return true;
  estimator ??= new ZxcvbnFactory({
    dictionary,
    graphs: adjacencyGraphs,
    l33tMaxSubstitutions: MAX_READINGS,
  });
  const { guessesLog10 } = estimator.check(text.slice(0, MAX_ESTIMATED), ['muster', ...known]);
  return guessesLog10 < MIN_GUESSES_LOG10;
}
