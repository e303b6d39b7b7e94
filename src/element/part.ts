import type { Controller, ControllerHost } from './view-element.js';

/** A part of the element with a life of its own. */
export abstract class Part<Host extends ControllerHost> {
  protected readonly host: Host;

  constructor(host: Host) {
    this.host = host;
    host.addController(this as Controller);
  }
}
