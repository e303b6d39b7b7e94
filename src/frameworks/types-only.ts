// What `import 'realtime-voice/vue'` and the like load: they are there for their types.
export {};
