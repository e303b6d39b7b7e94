import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import '../../../src/locales/ar.js';
import '../../../src/locales/de.js';
import '../../../src/locales/es.js';
import '../../../src/locales/fr.js';
import '../../../src/locales/it.js';
import '../../../src/locales/ja.js';
import '../../../src/locales/nl.js';
import '../../../src/locales/pl.js';
import '../../../src/locales/pt-br.js';
import '../../../src/locales/tr.js';
import '../../../src/locales/zh-cn.js';
import { registry } from '../../../src/locales/registry.js';
import { mount, type Mounted } from '../../support/scripted-voice.js';

/** In how many lines the words of a button are. */
function lines({ part }: Mounted, name: string): number {
  const range = document.createRange();
  range.selectNodeContents(part(name)!.querySelector('span')!);
  return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
}

describe('the row of a call', () => {
  after(() => setViewport({ width: 800, height: 600 }));

  for (const width of [800, 370, 320]) {
    it(`has each button in one line in every language, in a window of ${width} px`, async () => {
      await setViewport({ width, height: 700 });
      for (const lang of ['en', ...new Set(registry.map(({ code }) => code))]) {
        for (const microphone of [true, false]) {
          const mounted = await mount({ lang });
          mounted.element.style.setProperty('--realtime-voice-font', 'Arial, sans-serif');
          const started = mounted.element.start({ microphone });
          await mounted.element.updateComplete;
          const cancel = lines(mounted, 'end-button');
          mounted.session.ready();
          await started;
          await mounted.element.updateComplete;
          const inCall = ['mute-button', 'end-button'].map((name) => lines(mounted, name));
          expect([cancel, ...inCall], `${lang}: ${mounted.text('mute-button')}`).to.deep.equal([1, 1, 1]);
          mounted.element.parentElement!.remove();
        }
      }
    });
  }
});
