/**
 * Fills the places of a page with text. Everything is escaped; there is no way to put markup in.
 */
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export type Template = (values: Readonly<Record<string, string>>) => string;

/** `{{name}}` in the source becomes the value of that name; a place without a value is a mistake. */
export function createTemplate(source: string): Template {
  return (values) =>
    source.replace(/\{\{(\w+)\}\}/g, (_place, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`the page has a place "${name}" that nothing fills`);
      return escapeHtml(value);
    });
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => ESCAPES[letter] ?? '');
}
