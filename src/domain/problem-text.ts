/** What is said of one Problem, from its parameters. */
export interface ProblemTexts<Parameters> {
  readonly headline: (parameters: Parameters) => string;
  readonly remedy: (parameters: Parameters) => string;
}
