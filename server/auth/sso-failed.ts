/** Single sign-on did not work out; the message is for the log. */
export class SsoFailed extends Error {
  override name = 'SsoFailed';
}
