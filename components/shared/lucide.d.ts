/** Lucide ships its icons as plain data without types for deep imports. */
// eslint-disable-next-line no-restricted-syntax -- the only way to type a module of somebody else
declare module 'lucide/dist/esm/icons/*.mjs' {
  const icon: readonly (readonly [tag: string, attributes: Readonly<Record<string, string>>])[];
  export default icon;
}
