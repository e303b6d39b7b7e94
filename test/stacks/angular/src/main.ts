import { Component, CUSTOM_ELEMENTS_SCHEMA, provideZonelessChangeDetection, signal } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import 'realtime-voice';

@Component({
  selector: 'app-root',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <realtime-voice
      token-url="/api/voice-token"
      [noTextInput]="false"
      [tools]="tools"
      (voice-state-change)="add($event.detail.state)"
    />
    <output>{{ states() }}</output>
  `,
})
class App {
  readonly tools = [{ name: 'hours', execute: () => 'until six' }];
  readonly states = signal('');
  add(state: string): void {
    this.states.update((before) => `${before}${state} `);
  }
}

void bootstrapApplication(App, { providers: [provideZonelessChangeDetection()] });
