import type { Browser, Page } from 'puppeteer-core';
import { openPage } from '../../support/page.js';

/** Another page of the same browser in place of the service. It can send what the practice server cannot. */
export interface AnsweringPage extends AsyncDisposable {
  /** Takes an offer and returns the answer, with candidates. */
  answer(offer: string): Promise<string>;
  /** Sends messages on the data channel once it is open. A list of numbers is sent as bytes. */
  send(messages: readonly (string | readonly number[])[]): Promise<void>;
}

export async function openAnsweringPage(browser: Browser): Promise<AnsweringPage> {
  const opened = await openPage(browser, { script: 'none', html: '' });
  const { page } = opened;
  let markAnswered!: () => void;
  const answered = new Promise<void>((resolve) => (markAnswered = resolve));
  return {
    answer: async (offer) => {
      const sdp = await page.evaluate(answer, offer);
      markAnswered();
      return sdp;
    },
    send: async (messages) => {
      await answered;
      await page.evaluate(send, messages as (string | number[])[]);
    },
    [Symbol.asyncDispose]: () => close(page, opened),
  };
}

async function close(page: Page, opened: AsyncDisposable): Promise<void> {
  if (!page.isClosed()) await page.evaluate(() => (window as unknown as Held).held?.peer.close());
  await opened[Symbol.asyncDispose]();
}

interface Held {
  held?: { peer: RTCPeerConnection; channel: Promise<RTCDataChannel> };
}

/** Runs in the page. */
async function answer(offer: string): Promise<string> {
  // Without this permission, browsers hide local addresses behind mDNS names, which not every machine resolves.
  const microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
  const peer = new RTCPeerConnection();
  const channel = new Promise<RTCDataChannel>((resolve) => {
    peer.ondatachannel = ({ channel }) =>
      channel.readyState === 'open' ? resolve(channel) : (channel.onopen = () => resolve(channel));
  });
  (window as unknown as Held).held = { peer, channel };
  await peer.setRemoteDescription({ type: 'offer', sdp: offer });
  for (const track of microphone.getTracks()) peer.addTrack(track, microphone);
  const gathered = new Promise<void>((resolve) => {
    peer.onicegatheringstatechange = () => peer.iceGatheringState === 'complete' && resolve();
  });
  await peer.setLocalDescription(await peer.createAnswer());
  await gathered;
  return peer.localDescription!.sdp;
}

/** Runs in the page. */
async function send(messages: (string | number[])[]): Promise<void> {
  const channel = await (window as unknown as Held).held!.channel;
  for (const message of messages)
    channel.send(typeof message === 'string' ? message : (new Uint8Array(message) as unknown as string));
}
