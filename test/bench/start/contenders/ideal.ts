/** Runs in the page: from the click on, nothing waits that need not wait, and the channel costs no round trip. */
document.querySelector('button')!.onclick = async () => {
  const secret = fetch('/token', { method: 'POST' }).then((response) => response.json() as Promise<{ value: string }>);
  const microphone = navigator.mediaDevices.getUserMedia({ audio: true });
  const peer = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  const audio = new Audio();
  audio.autoplay = true;
  const { sender, receiver } = peer.addTransceiver('audio', { direction: 'sendrecv' });
  audio.srcObject = new MediaStream([receiver.track]);
  peer.createDataChannel('oai-events', { negotiated: true, id: 4 });
  const attached = microphone.then((stream) => sender.replaceTrack(stream.getAudioTracks()[0]!));
  const offer = await peer.createOffer();
  await peer.setLocalDescription(offer);
  const answer = await fetch('https://api.openai.com/v1/realtime/calls?dcid=4', {
    method: 'POST',
    body: offer.sdp!,
    headers: { Authorization: `Bearer ${(await secret).value}`, 'Content-Type': 'application/sdp' },
  });
  await peer.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
  await attached;
};
