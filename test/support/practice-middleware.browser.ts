import { expect } from '@open-wc/testing';

describe('the practice server behind /__practice', () => {
  const find = async (path: string, init?: RequestInit): Promise<string> =>
    (await (await fetch(path, init)).json()).url;
  const reachable = (url: string): Promise<boolean> =>
    fetch(url, { mode: 'no-cors' }).then(
      () => true,
      () => false,
    );

  it('runs, and is the same at every request', async () => {
    const url = await find('/__practice');
    expect(await find('/__practice')).to.equal(url);
    expect(await reachable(url)).to.equal(true);
  });

  it('is another server under a name, and keeps its address after a restart', async () => {
    const name = `?name=${navigator.userAgent.length}-${Math.random()}`;
    const url = await find(`/__practice${name}`);
    expect(url).not.to.equal(await find('/__practice'));
    expect(await find(`/__practice/restart${name}`, { method: 'POST' })).to.equal(url);
    expect(await reachable(url)).to.equal(true);
  });
});
