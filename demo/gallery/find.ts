/** In the page and all shadow roots in it: the first that matches; `a >>> b` is a `b` somewhere inside an `a`. */
export function find(root: ParentNode, path: string): HTMLElement | null {
  const [selector = '', ...inner] = path.split(' >>> ');
  for (const element of everything(root)) {
    if (!element.matches(selector)) continue;
    const found = inner.length ? find(element.shadowRoot ?? element, inner.join(' >>> ')) : (element as HTMLElement);
    if (found) return found;
  }
  return null;
}

export function* everything(root: ParentNode): Generator<Element> {
  for (const element of root.querySelectorAll('*')) {
    yield element;
    if (element.shadowRoot) yield* everything(element.shadowRoot);
  }
}
