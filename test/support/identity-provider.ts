/** An OpenID provider of a test's own, honest unless told otherwise. */
import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';

export interface IdentityProvider {
  issuer: string;
  /** Whom it signs in. */
  subject: string;
  /** What it says falsely. */
  lie: Partial<{
    nonce: string;
    iss: string;
    aud: string;
    expired: true;
    unsigned: true;
    otherKey: true;
    returnIss: string;
  }>;
  /** Signs in at the address it was sent to: where the browser goes next. */
  signIn(address: string): string;
  /** A token that says somebody signed out there. */
  logoutToken(claims?: Record<string, unknown>): Promise<string>;
  close(): Promise<void>;
}

const CLIENT = 'muster';
const SESSION = 'provider-session-1';

/** Starts one on a free port of this machine. */
export async function startIdentityProvider(): Promise<IdentityProvider> {
  const key = await generateKeyPair('RS256');
  const foreign = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(key.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
  const codes = new Map<string, { nonce: string; challenge: string }>();

  const idToken = async (nonce: string): Promise<string> => {
    const { lie } = provider;
    const claims = { nonce: lie.nonce ?? nonce, sid: SESSION };
    const [issuer, audience] = [lie.iss ?? provider.issuer, lie.aud ?? CLIENT];
    const expires = lie.expired === true ? '-1h' : '5m';
    if (lie.unsigned === true)
      return new UnsecuredJWT(claims)
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(provider.subject)
        .setIssuedAt()
        .setExpirationTime(expires)
        .encode();
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(provider.subject)
      .setIssuedAt()
      .setExpirationTime(expires)
      .sign(lie.otherKey === true ? foreign.privateKey : key.privateKey);
  };
  const token = async (form: URLSearchParams): Promise<object | null> => {
    const code = codes.get(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (code?.challenge !== challenge) return null;
    codes.delete(form.get('code') ?? '');
    return { access_token: randomUUID(), token_type: 'Bearer', id_token: await idToken(code.nonce) };
  };

  const server = createServer((request, response) => {
    const answer = (status: number, body: object): void => {
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    };
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { issuer } = provider;
      if (request.url === '/.well-known/openid-configuration')
        answer(200, {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
          authorization_response_iss_parameter_supported: true,
        });
      else if (request.url === '/jwks') answer(200, { keys: [jwk] });
      else if (request.url === '/token')
        void token(new URLSearchParams(Buffer.concat(parts).toString())).then((body) =>
          body === null ? answer(400, { error: 'invalid_grant' }) : answer(200, body),
        );
      else answer(404, {});
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const provider: IdentityProvider = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    subject: 'subject-1',
    lie: {},
    signIn(address) {
      const asked = new URL(address).searchParams;
      const code = randomUUID();
      codes.set(code, { nonce: asked.get('nonce') ?? '', challenge: asked.get('code_challenge') ?? '' });
      const back = new URL(asked.get('redirect_uri') ?? '');
      back.searchParams.set('code', code);
      back.searchParams.set('state', asked.get('state') ?? '');
      back.searchParams.set('iss', provider.lie.returnIss ?? provider.issuer);
      return back.href;
    },
    logoutToken: (claims = {}) =>
      new SignJWT({
        events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
        jti: randomUUID(),
        sid: SESSION,
        ...claims,
      })
        .setProtectedHeader({ alg: 'RS256', kid: 'k1', typ: 'logout+jwt' })
        .setIssuer(provider.issuer)
        .setAudience(CLIENT)
        .setSubject(provider.subject)
        .setIssuedAt()
        .sign(key.privateKey),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return provider;
}

/** What Muster is set to for it. */
export const ssoSettings = ({ issuer }: IdentityProvider): object => ({
  label: 'Test provider',
  issuer,
  clientId: CLIENT,
  clientSecret: 'a secret of the client',
});
