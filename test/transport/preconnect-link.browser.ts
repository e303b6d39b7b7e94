import { expect } from '@open-wc/testing';
import { preconnect } from '../../src/transport/preconnect-link.js';

describe('a link to connect ahead', () => {
  const links = (): HTMLLinkElement[] => [...document.querySelectorAll<HTMLLinkElement>('link[rel=preconnect]')];
  afterEach(() => links().forEach((link) => link.remove()));

  it('is made once for each server, without cookies, and names nothing but the server', () => {
    preconnect('https://calls.example/v1/realtime/calls?model=x');
    preconnect('https://calls.example/other');
    preconnect('https://eu.calls.example/v1/realtime/calls');
    expect(links().map(({ href, crossOrigin }) => [href, crossOrigin])).to.deep.equal([
      ['https://calls.example/', 'anonymous'],
      ['https://eu.calls.example/', 'anonymous'],
    ]);
  });

  it('is not made where the page has one', () => {
    document.head.insertAdjacentHTML('beforeend', '<link rel="preconnect" href="https://calls.example" crossorigin>');
    preconnect('https://calls.example/v1/realtime/calls');
    expect(links().length).to.equal(1);
  });

  it('is not made to the server of the page, nor for what is no URL', () => {
    preconnect('/api/calls');
    preconnect(`${location.origin}/api/calls`);
    preconnect('https://');
    expect(links()).to.deep.equal([]);
  });
});
