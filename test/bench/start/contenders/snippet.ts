/** Runs in the page: one step after the other, as the service's guide to WebRTC shows it. */
document.querySelector('button')!.onclick = async () => {
  const { value } = (await (await fetch('/token', { method: 'POST' })).json()) as { value: string };
  const peer = new RTCPeerConnection();
  const audio = new Audio();
  audio.autoplay = true;
  peer.ontrack = ({ streams }) => (audio.srcObject = streams[0]!);
  const microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
  peer.addTrack(microphone.getTracks()[0]!);
  peer.createDataChannel('oai-events');
  const offer = await peer.createOffer();
  await peer.setLocalDescription(offer);
  const answer = await fetch('https://api.openai.com/v1/realtime/calls', {
    method: 'POST',
    body: offer.sdp!,
    headers: { Authorization: `Bearer ${value}`, 'Content-Type': 'application/sdp' },
  });
  await peer.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
};
