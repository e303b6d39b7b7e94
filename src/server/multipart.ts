/** One field of a multipart form. */
export interface FormPart {
  name: string;
  /** The media type of the content. */
  type: string;
  content: string;
}

/**
 * Builds a `multipart/form-data` body whose fields have a media type but no file name. `FormData` cannot do this: its
 * strings have no media type, its blobs always get a file name, and it rewrites line breaks.
 */
export function multipart(parts: readonly FormPart[]): { contentType: string; body: string } {
  // A random boundary cannot be guessed, so no content can contain it on purpose.
  const boundary = `form-${crypto.randomUUID()}`;
  const sections = parts.map(
    ({ name, type, content }) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\nContent-Type: ${type}\r\n\r\n${content}\r\n`,
  );
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: `${sections.join('')}--${boundary}--\r\n`,
  };
}
