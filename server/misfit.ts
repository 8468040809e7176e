/**
 * Where something does not have the agreed shape, and what was expected there: for whoever writes the other program.
 * Nothing that was sent is repeated but the names of fields, and those only where they look like one.
 */

/** As TypeBox reports them; JSON Schema's own words. */
export interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly message: string;
  readonly params: object;
}

export interface Misfit {
  /** `grants.chat`; empty for the whole. */
  readonly field: string;
  readonly expected: string;
}

const FIELD_NAME = /^\w{1,32}$/;
const LONGEST_PATTERN = 80;

/** The first thing that does not fit. */
export function misfitOf(errors: readonly SchemaError[]): Misfit {
  // A forbidden field is reported twice, a choice once for each of its ways: the sum says it better.
  const error = errors.find(({ keyword }) => keyword !== 'boolean' && keyword !== 'const') ?? errors[0];
  if (error === undefined) return { field: '', expected: 'must be something else' };
  const { keyword, instancePath, message } = error;
  const params = error.params as Readonly<Record<string, unknown>>;
  const path = instancePath
    .split('/')
    .slice(1)
    .filter((part) => FIELD_NAME.test(part));
  const within = (names: unknown): string => {
    const [name] = Array.isArray(names) ? (names as readonly unknown[]) : [];
    return [...path, typeof name === 'string' && FIELD_NAME.test(name) ? name : '(unnamed)'].join('.');
  };
  const field = path.join('.');
  switch (keyword) {
    case 'required':
      return { field: within(params['requiredProperties']), expected: 'is missing' };
    case 'additionalProperties':
      return { field: within(params['additionalProperties']), expected: 'is not known here' };
    case 'anyOf':
      return { field, expected: choices(errors, instancePath) };
    case 'pattern':
      return { field, expected: message.length > LONGEST_PATTERN ? 'does not have the right form' : message };
    default:
      return { field, expected: message };
  }
}

/** As a sentence. */
export function misfitWords(errors: readonly SchemaError[], whole: string): string {
  const { field, expected } = misfitOf(errors);
  return `${field === '' ? whole : field} ${expected}.`;
}

function choices(errors: readonly SchemaError[], at: string): string {
  const values = errors
    .filter(({ keyword, instancePath }) => keyword === 'const' && instancePath === at)
    .map(({ params }) => (params as { readonly allowedValue?: unknown }).allowedValue);
  return values.length === 0 ? 'must have one of the agreed shapes' : `must be one of ${values.map(String).join(', ')}`;
}
