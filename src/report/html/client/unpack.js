/** The JSON that a data element of the page holds, deflated and in base64. Undefined where the browser cannot inflate. */
export async function unpack(id) {
  const packed = document.getElementById(id);
  if (packed === null || typeof DecompressionStream === 'undefined') return undefined;
  const bytes = Uint8Array.from(atob(packed.textContent.trim()), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return JSON.parse(await new Response(stream).text());
}
