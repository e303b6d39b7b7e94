import { CALLS, TOKEN, type Fault } from './failing-start.js';
import { forwardOffer } from './site.js';

/** Problems that fail a start at once. */
export const QUICK_FAULTS: readonly Fault[] = [
  {
    name: 'there is no token-url',
    code: 'configuration',
    message: /token-url/,
    retriable: false,
    page: { attributes: {} },
    repair: ({ voice, server }) =>
      voice.page.$eval('realtime-voice', (element, urls) => Object.assign(element, urls), {
        tokenUrl: server.url + TOKEN,
        callsUrl: server.url + CALLS,
      }),
    isSeenMended: true,
  },
  {
    name: 'the token URL answers 401',
    code: 'token-unauthorized',
    message: /401/,
    retriable: false,
    token: { status: 401 },
  },
  { name: 'the token URL answers 404', code: 'token-failed', message: /404/, retriable: false, token: { status: 404 } },
  {
    name: 'the token URL answers 429',
    code: 'rate-limited',
    message: /429/,
    retriable: true,
    retryAfterMs: 7000,
    token: { status: 429, headers: { 'retry-after': '7' } },
  },
  { name: 'the token URL answers 500', code: 'token-failed', message: /500/, retriable: true, token: { status: 500 } },
  {
    name: 'the token URL answers with HTML',
    code: 'token-failed',
    message: /text\/html/,
    retriable: true,
    token: { body: '<!doctype html><title>Please log in</title>', headers: { 'content-type': 'text/html' } },
  },
  {
    name: 'the token URL answers with empty JSON',
    code: 'token-failed',
    message: /without a secret/,
    retriable: true,
    token: { body: {} },
  },
  {
    name: 'the calls URL answers 400 with its reason',
    code: 'signaling-failed',
    message: /Invalid SDP offer: no audio section\./,
    retriable: false,
    calls: {
      status: 400,
      body: {
        error: {
          message: 'Invalid SDP offer: no audio section.',
          type: 'invalid_request_error',
          code: 'invalid_offer',
          param: 'sdp',
        },
      },
    },
  },
  {
    name: 'the calls URL answers 500',
    code: 'signaling-failed',
    message: /500/,
    retriable: true,
    calls: { status: 500 },
  },
  {
    name: 'the calls URL answers without SDP',
    code: 'signaling-failed',
    retriable: true,
    calls: { status: 201, body: 'Hello!' },
  },
  {
    name: 'the calls URL answers with invalid SDP',
    code: 'signaling-failed',
    retriable: true,
    calls: {
      status: 201,
      body: 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=garbage 9\r\n',
      headers: { 'content-type': 'application/sdp' },
    },
  },
  {
    name: 'there is no WebRTC',
    code: 'unsupported',
    message: /RTCPeerConnection/,
    retriable: false,
    // The page removes it, as privacy extensions do, and restores it. The element shows no start button meanwhile.
    page: { prelude: () => Object.assign(window, { taken: window.RTCPeerConnection, RTCPeerConnection: undefined }) },
    repair: ({ voice }) => voice.page.evaluate('void (window.RTCPeerConnection = window.taken)'),
  },
];

/** Problems that fail a start only after the element's time limits. */
export const SLOW_FAULTS: readonly Fault[] = [
  {
    name: 'the token URL never answers',
    code: 'token-failed',
    message: /within 8 seconds/,
    retriable: true,
    token: { hang: true },
  },
  {
    name: 'the calls URL never answers',
    code: 'signaling-failed',
    message: /within 10 seconds/,
    retriable: true,
    calls: { hang: true },
  },
  {
    name: 'the SDP answer has no candidates',
    code: 'connection-failed',
    // Chromium waits until the time limit; Firefox gives up by itself.
    message: /within 15 seconds|connection is failed/,
    retriable: true,
    prepare: async ({ server, practiceUrl }) =>
      server.answer(
        CALLS,
        forwardOffer(practiceUrl, (sdp) => sdp.replace(/^a=candidate:.*\r\n/gm, '')),
      ),
  },
];
