import 'realtime-voice/react';
