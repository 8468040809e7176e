/** How a language counts and lists, by the rules of the browser (CLDR). Holds no text. */
export type Forms = { readonly other: string } & { readonly [Form in Intl.LDMLPluralRule]?: string };

export interface Grammar {
  /** Names the way the language lists them: "Ana, Ben, and Cleo". */
  readonly list: (names: readonly string[]) => string;
  /** The form that the number asks for, with the number in place of `{count}`. */
  readonly plural: (count: number, forms: Forms) => string;
  /** A sentence about people in place of `{who}`: their names, above three their number. About nobody it says nothing. */
  readonly about: (names: readonly string[], sentences: Forms) => string;
}

const NAMED_AT_MOST = 3;

/**
 * @param people a number of people: "5 people"
 * @param named what is said of a name in this language, as a form of address
 */
export function grammar(lang: string, people: Forms | ((count: number) => string), named = (name: string) => name): Grammar {
  const rules = new Intl.PluralRules(lang);
  const form = (count: number, forms: Forms): string => forms[rules.select(count)] ?? forms.other;
  const plural = (count: number, forms: Forms): string => form(count, forms).replace('{count}', String(count));
  const countPeople = typeof people === 'function' ? people : (count: number) => plural(count, people);
  const list = (names: readonly string[]): string => new Intl.ListFormat(lang).format(names.map(named));
  const about = (names: readonly string[], sentences: Forms): string => {
    if (names.length === 0) return '';
    const who = names.length > NAMED_AT_MOST ? countPeople(names.length) : list(names);
    return form(names.length, sentences).replace('{who}', () => who);
  };
  return { list, plural, about };
}
