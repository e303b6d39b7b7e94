export default function Home() {
  return <a href="/help">Help</a>;
}
