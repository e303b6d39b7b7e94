import type { Page } from 'puppeteer-core';

/** Runs inside the page, before the element: keeps hold of the `<audio>` that plays the assistant, which is in no document. */
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

/** Of the newest call: whether it plays, and how far it has come in seconds. */
export function playback(page: Page): Promise<{ paused: boolean; at: number }> {
  return page.evaluate(() => {
    const { paused, currentTime } = (window as unknown as { __audios: HTMLAudioElement[] }).__audios.at(-1)!;
    return { paused, at: currentTime };
  });
}
