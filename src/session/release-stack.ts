/**
 * What was acquired, in the order of acquisition, to be released in the reverse order: the part of
 * `DisposableStack` that a call needs, for browsers that do not have it yet.
 */
export class ReleaseStack {
  #releases: (() => unknown)[] = [];
  #released = false;

  /** Whatever arrives after the release is released at once. */
  defer(release: () => unknown): void {
    if (this.#released) attempt(release);
    else this.#releases.push(release);
  }

  release(): void {
    this.#released = true;
    while (this.#releases.length > 0) attempt(this.#releases.pop()!);
  }
}

/** One release that fails must not keep the others from happening. */
function attempt(release: () => unknown): void {
  try {
    Promise.resolve(release()).catch(() => {});
  } catch {
    // What cannot be released is gone already.
  }
}
