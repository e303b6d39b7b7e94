/** What a policy does to the microphone is found by one check or by the next, as the browser tells. */
const FORBIDDEN =
  'A policy of the page forbids the microphone. Its owner must allow it: Permissions-Policy: microphone=(self), ' +
  'and allow="microphone; autoplay" on an iframe.';
const OFFLINE = 'This device is offline. Connect it to a network.';
const BLOCKED_BY_CSP =
  "The page's Content-Security-Policy blocks this request. Its owner must add the address to connect-src.";
const NO_CORS =
  'The server answers, but this page may not read the answer. Its owner must allow the origin of this page (CORS).';
const REDIRECTED =
  'The address redirects, which is not followed. Log in if a login is needed. Otherwise the owner of the site must ' +
  'name the final address.';
const LIMITED = 'There were too many requests. Wait a minute, then run the checks again.';
const QUOTA = 'The account at the voice service is used up. The owner of the site must check its billing.';
const CONFIGURATION = 'The settings are wrong: see the reason. The owner of the site must change them.';

/** What either endpoint may answer. */
const OF_ENDPOINTS = {
  'rate-limited': LIMITED,
  'quota-exceeded': QUOTA,
  configuration: CONFIGURATION,
  offline: OFFLINE,
  'blocked-by-csp': BLOCKED_BY_CSP,
  'no-cors': NO_CORS,
  redirected: REDIRECTED,
};

/** The English sentence for every result of every check, with what to do about it. */
export const CHECK_MESSAGES = {
  browser: {
    ok: 'This browser has everything that a call needs.',
    unsupported:
      'This browser lacks what a call needs. Update it, or use a current Chrome, Edge, Firefox or Safari, without ' +
      'extensions that block WebRTC.',
  },
  'secure-context': {
    ok: 'The page is secure.',
    'insecure-context': 'The page is not secure, so browsers refuse the microphone. Open it with https://.',
  },
  policy: {
    ok: 'No policy of the page forbids the microphone.',
    'microphone-blocked': FORBIDDEN,
    unknown: 'This browser does not tell what the policies of the page allow. The next check shows it.',
  },
  permission: {
    ok: 'This page may use the microphone.',
    'will-ask': 'The browser asks for the microphone when a call starts. Choose Allow then.',
    unknown: 'This browser does not tell whether it allows the microphone.',
    'microphone-denied':
      'The microphone is blocked for this site. Allow it in the settings beside the address, and in the privacy ' +
      'settings of the system; then reload the page.',
    'microphone-dismissed': 'The question about the microphone was not answered. Run the checks again, choose Allow.',
    'microphone-blocked': FORBIDDEN,
  },
  microphone: {
    ok: 'The microphone works.',
    'microphone-silent':
      'The microphone is on, but nothing was heard. Speak during the check, look for a mute switch, or choose ' +
      'another microphone in the system.',
    'microphone-muted': 'The system has muted the microphone. Look for a mute switch or key, and turn it on.',
    'not-measured': 'The microphone is on, but the browser cannot measure its level. Check the speakers of the system.',
    'microphone-missing': 'There is no microphone. Connect one, then run the checks again.',
    'microphone-busy':
      'The microphone cannot be started. Close other programs that use it, or connect it again; then run the checks ' +
      'again.',
    'not-asked': 'The microphone was not to be used.',
  },
  token: {
    ok: 'The site gives access to the voice service.',
    'not-needed': 'The site opens the sessions itself.',
    'not-configured': 'No address is set for the token endpoint.',
    'token-failed':
      'The site gives no access: see the reason. Try again later. If it stays so, the owner of the site must check ' +
      'the address of the token endpoint, and its log.',
    'token-unauthorized':
      'The site refuses access. Log in to the site. If you are logged in, the owner of the site must check who may ' +
      'call.',
    'clock-wrong':
      'The access has expired on arrival, so a clock is wrong. Set the clock of this device. If it is right, the ' +
      'owner of the site must set the clock of the server.',
    ...OF_ENDPOINTS,
  },
  calls: {
    ok: 'The voice service takes calls.',
    'signaling-failed':
      'The voice service takes no call: see the reason. Try again later. If it stays so, a firewall may block its ' +
      'address, or the owner of the site must check the calls URL.',
    'token-unauthorized':
      'The voice service refuses the access that the site gave. The owner of the site must check its key, its model ' +
      'and the region.',
    ...OF_ENDPOINTS,
  },
  connection: {
    ok: 'A short call was connected.',
    'over-tcp':
      'A short call was connected, but only over TCP: sound may stutter. The firewall must allow UDP to the voice ' +
      'service.',
    'connection-failed':
      'The call was accepted, but no sound can pass. Turn off a VPN, or try another network, such as a phone; in a ' +
      'company, the firewall must allow UDP to the voice service, or the site must offer a TURN server.',
    'signaling-failed':
      'The browser cannot read the answer of the voice service. The owner of the site must check the calls URL.',
  },
  'audio-output': {
    ok: 'The browser plays sound.',
    heard: 'The chime was heard.',
    'not-heard':
      'The chime was played, but not heard. Turn up the volume, unmute the tab and the system, or choose another ' +
      'speaker.',
    'not-answered': 'The chime was played; nobody said whether it was heard. Run the checks again.',
    'needs-press': 'Browsers play sound only after a press. Start the checks from a click.',
    'no-output': 'The browser cannot play sound. Connect speakers or headphones, or choose them in the system.',
  },
} as const satisfies Record<string, Readonly<Record<string, string>>>;

/** The sentences that every check may have. */
export const COMMON_MESSAGES = {
  depends: 'Not checked, because an earlier check has to pass first.',
  unexpected: 'This check could not be made: see the reason.',
} as const;
