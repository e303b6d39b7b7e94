import { startPracticeServer } from '../../demo/practice/server.js';
import { Speech } from '../../demo/practice/speech.js';
import { Caller, rms } from './caller.js';
const how=process.argv[2];
const s=await startPracticeServer(); 
if(how!=='none'){
const c=await Caller.call({url:s.url,dcid:4});
await c.event('session.created');
if (how==='hang') await fetch(`${s.url}/v1/realtime/calls/${c.callId}/hangup`,{method:'POST',headers:{Authorization:'Bearer sk-x'}});
c.close();}
 await s.close(); console.log('closed');
if (how==='exit') process.exit(0);
