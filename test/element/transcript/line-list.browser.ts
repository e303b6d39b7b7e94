import { expect } from '@open-wc/testing';
import { LineList } from '../../../src/element/transcript/line-list.js';

describe('the lines of the transcript in the document', () => {
  let log: HTMLElement;
  let list: LineList;
  const line = (name: string | number): HTMLElement => {
    const element = document.createElement('p');
    element.textContent = String(name);
    return element;
  };
  const words = (): string[] => [...log.querySelectorAll('p')].map(({ textContent }) => textContent!);
  const fill = (count: number): HTMLElement[] => {
    const lines = Array.from({ length: count }, (_, index) => line(index));
    for (const [index, element] of lines.entries()) list.place(element, lines[index - 1]);
    return lines;
  };
  beforeEach(() => {
    log = document.createElement('div');
    list = new LineList(log);
  });

  it('are in order, in groups of at most a hundred', () => {
    fill(250);
    expect(words()).to.deep.equal(Array.from({ length: 250 }, (_, index) => String(index)));
    expect([...log.children].map(({ childElementCount }) => childElementCount)).to.deep.equal([100, 100, 50]);
  });

  it('can begin with a line that comes later', () => {
    fill(2);
    list.place(line('first'), undefined);
    expect(words()).to.deep.equal(['first', '0', '1']);
  });

  it('can get a line between others, also between two groups', () => {
    const lines = fill(101);
    list.place(line('between'), lines[99]);
    expect(words().slice(98, 102)).to.deep.equal(['98', '99', 'between', '100']);
    list.place(line('early'), lines[4]);
    expect(words().slice(4, 7)).to.deep.equal(['4', 'early', '5']);
  });

  it('stay untouched when they are in their place', () => {
    const lines = fill(102);
    const observer = new MutationObserver(() => {});
    observer.observe(log, { childList: true, subtree: true });
    for (const [index, element] of lines.entries()) list.place(element, lines[index - 1]);
    expect(observer.takeRecords()).to.deep.equal([]);
  });

  it('take an empty group away', () => {
    const lines = fill(101);
    list.remove(lines[100]!);
    expect(log.childElementCount).to.equal(1);
    for (const element of lines.slice(0, 100)) list.remove(element);
    expect(log.childElementCount).to.equal(0);
  });
});
