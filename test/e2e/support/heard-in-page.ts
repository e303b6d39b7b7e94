import type { Page } from 'puppeteer-core';

/** Runs in the page before the element: records the `<audio>` elements it creates, which are not in the document. */
export function keepAudio(): void {
  const audios: HTMLAudioElement[] = [];
  Object.assign(window, { __audios: audios });
  window.Audio = new Proxy(Audio, {
    construct(target, args) {
      const audio = Reflect.construct(target, args) as HTMLAudioElement;
      audios.push(audio);
      return audio;
    },
  });
}

/** The playback of the newest call: whether it is paused, and its position in seconds. */
export function playback(page: Page): Promise<{ paused: boolean; at: number }> {
  return page.evaluate(() => {
    const { paused, currentTime } = (window as unknown as { __audios: HTMLAudioElement[] }).__audios.at(-1)!;
    return { paused, at: currentTime };
  });
}
