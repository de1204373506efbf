/**
 * A short, soft sound: two notes, made here so that no file is needed. Silent where the browser
 * allows none yet.
 */
export function playChime(): void {
  const audio = new AudioContext();
  const end = audio.currentTime + 0.5;
  for (const [at, hertz] of [
    [0, 660],
    [0.12, 880],
  ] as const) {
    const note = audio.createOscillator();
    const gain = audio.createGain();
    note.frequency.value = hertz;
    gain.gain.setValueAtTime(0.08, audio.currentTime + at);
    gain.gain.exponentialRampToValueAtTime(0.0001, end);
    note.connect(gain).connect(audio.destination);
    note.start(audio.currentTime + at);
    note.stop(end);
  }
  setTimeout(() => {
    void audio.close();
  }, 800);
}
