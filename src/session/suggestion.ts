/** What the visitor can say with one press: the words themselves, or a short label and the words. */
export type Suggestion = string | { readonly label: string; readonly text: string };
