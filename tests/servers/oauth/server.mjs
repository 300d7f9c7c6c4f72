// oauth2-mock-server as the authorization server of an EHR. Prints "READY base"; argument 2 is the issuer it goes by.
//
// "launch" is base64url JSON: {patient, user, fault}. What goes wrong is done in the server's own events, before it
// signs, answers or redirects; FORGED replaces a token it has signed, because it signs with its own key only.
// A fault of the configuration rides on the header X-Fault of the request for it.
import { createHmac, createPublicKey, createSign, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { Events, OAuth2Issuer, OAuth2Service } from 'oauth2-mock-server';

const [port, issuerUrl] = [Number(process.argv[2] ?? 0), process.argv[3]];
const ELSEWHERE = 'https://elsewhere.example';
const HOUR = 3600;
const LIFE = 300;
// what is granted of what was asked for
const GRANTED = {
  downscope: (scope) => scope.replaceAll(/\.[cruds]+/g, '.rs'),
  empty_scope: () => '',
};

const issuer = new OAuth2Issuer();
issuer.url = issuerUrl;
const key = await issuer.keys.generate('RS256');
const service = new OAuth2Service(issuer);
const fhir = issuerUrl.replace(/\/auth$/, '/fhir');

const contexts = new Map(); // code or refresh token -> {patient, user, fault, scope}
const contextOf = (body) => contexts.get(body.code ?? body.refresh_token) ?? {};

// -- the way back to the app
const deny = (query) => {
  query.delete('code');
  query.set('error', 'access_denied');
  query.set('error_description', 'Policy of this sandbox: <b>denied</b>.');
};
const CALLBACK = {
  authz_access_denied: deny,
  authz_denied_no_state: (query) => { deny(query); query.delete('state'); },
  authz_no_state: (query) => query.delete('state'),
  authz_wrong_state: (query) => query.set('state', 'a-state-nobody-ever-sent'),
  authz_dup_state: (query) => query.append('state', query.get('state')),
  authz_code_and_error: (query) => query.set('error', 'access_denied'),
  iss_ok: (query) => query.set('iss', issuerUrl),
  iss_mixup: (query) => query.set('iss', `${ELSEWHERE}/auth`),
};
service.on(Events.BeforeAuthorizeRedirect, ({ url }, req) => {
  const asked = JSON.parse(Buffer.from(req.query.launch ?? '', 'base64url').toString() || '{}');
  const granted = GRANTED[asked.fault] ?? ((scope) => scope);
  contexts.set(url.searchParams.get('code'), { ...asked, scope: granted(req.query.scope) });
  CALLBACK[asked.fault]?.(url.searchParams);
});

// -- tokens, before they are signed
const shift = (claims, seconds) => ['iat', 'exp', 'nbf'].forEach((name) => { claims[name] += seconds; });
const CLAIMS = {
  idt_wrong_iss: (claims) => { claims.iss = `${ELSEWHERE}/auth`; },
  idt_wrong_aud: (claims) => { claims.aud = 'another-app'; },
  idt_multi_aud_no_azp: (claims) => { claims.aud = [claims.aud, 'another-app']; },
  idt_expired: (claims) => shift(claims, -2 * HOUR),
  idt_future: (claims) => shift(claims, HOUR),
  idt_wrong_nonce: (claims) => { claims.nonce = 'of-another-launch'; },
  idt_no_nonce: (claims) => { delete claims.nonce; },
  idt_no_sub: (claims) => { delete claims.sub; },
  idt_fhiruser_absolute: (claims) => { claims.fhirUser = `${fhir}/Practitioner/okafor`; },
  idt_fhiruser_offhost: (claims) => { claims.fhirUser = `${ELSEWHERE}/fhir/Practitioner/okafor`; },
  idt_fhiruser_js: (claims) => { claims.fhirUser = 'javascript:alert(1)'; },
};
service.on(Events.BeforeTokenSigning, ({ payload }, req) => {
  const { patient, user, fault, scope } = contextOf(req.body);
  if (payload.aud === undefined) {
    Object.assign(payload, { scope, patient, exp: payload.iat + LIFE }); // the access token, by which the records know what is allowed
  } else {
    payload.fhirUser = `Practitioner/${user}`;
    CLAIMS[fault]?.(payload);
  }
});

// -- tokens, after they were signed: what this server cannot be brought to sign
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const claimsOf = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
const publicPem = () => createPublicKey({ key: { kty: key.kty, n: key.n, e: key.e }, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
const FORGED = {
  idt_alg_none: (token) => `${part({ alg: 'none', typ: 'JWT' })}.${part(claimsOf(token))}.`,
  idt_alg_hs256_pubkey: (token) => {
    const text = `${part({ alg: 'HS256', kid: key.kid, typ: 'JWT' })}.${part(claimsOf(token))}`;
    return `${text}.${createHmac('sha256', publicPem()).update(text).digest('base64url')}`;
  },
  idt_embedded_jwk: (token) => {
    const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const header = { alg: 'RS256', kid: key.kid, typ: 'JWT', jwk: own.publicKey.export({ format: 'jwk' }) };
    const text = `${part(header)}.${part(claimsOf(token))}`;
    return `${text}.${createSign('RSA-SHA256').update(text).sign(own.privateKey, 'base64url')}`;
  },
  idt_bad_sig: (token) => {
    const [header, , signature] = token.split('.');
    return `${header}.${part({ ...claimsOf(token), sub: 'somebody-else' })}.${signature}`;
  },
  idt_missing: () => undefined,
};

// -- the token answer
const refuse = (error, status) => (answer) => { Object.assign(answer, { statusCode: status, body: { error } }); };
const TOKEN = {
  token_type_lower: ({ body }) => { body.token_type = 'bearer'; },
  no_patient: ({ body }) => { delete body.patient; },
  no_expires: ({ body }) => { delete body.expires_in; },
  no_refresh: ({ body }) => { delete body.refresh_token; },
  token_invalid_grant: refuse('invalid_grant', 400),
  token_500: refuse('server_error', 500),
};
const REFRESH = {
  refresh_swaps_patient: ({ body }) => { body.patient = 'moreau'; },
  refresh_invalid_grant: refuse('invalid_grant', 400),
};
service.on(Events.BeforeResponse, (answer, req) => {
  const context = contextOf(req.body);
  const first = req.body.grant_type === 'authorization_code';
  Object.assign(answer.body, { scope: context.scope, patient: context.patient, expires_in: LIFE });
  contexts.set(answer.body.refresh_token, context);
  if (first && context.fault in FORGED) answer.body.id_token = FORGED[context.fault](answer.body.id_token);
  (first ? TOKEN : REFRESH)[context.fault]?.(answer);
});

// -- the configuration
const relative = (url) => `..${new URL(url).pathname}`;
const CONFIGURATION = {
  disc_500: (answer) => { answer.statusCode = 500; },
  disc_redirect: (answer) => { answer.statusCode = 302; },
  disc_issuer_mismatch: ({ body }) => { body.issuer += '/another'; },
  disc_token_offhost: ({ body }) => { body.token_endpoint = `${ELSEWHERE}/token`; },
  disc_relative: ({ body }) => ['authorization_endpoint', 'token_endpoint'].forEach((name) => { body[name] = relative(body[name]); }),
  disc_no_s256: ({ body }) => { body.code_challenge_methods_supported = ['plain']; },
};
service.on(Events.BeforeWellKnownOpenIdConfiguration, (answer, req) => CONFIGURATION[req.headers['x-fault']]?.(answer));

const server = createServer(service.requestHandler);
server.listen(port, '127.0.0.1', () => console.log(`READY http://127.0.0.1:${server.address().port}`));
