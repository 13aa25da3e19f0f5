/** A problem that the user can mend. Printed as one line; exit code 2. */
export class UserError extends Error {
  override readonly name: string = 'UserError';
}

/** An input that cannot be analysed at all. */
export class InputError extends UserError {
  override readonly name = 'InputError';
}

/** A signature that cannot be loaded. The message starts with `file:line:column`. */
export class SignatureError extends UserError {
  override readonly name = 'SignatureError';
}
