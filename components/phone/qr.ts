/** An address as a QR code, drawn as one path. The encoder is loaded with the first code that is shown. */
import { svg, type TemplateResult } from 'lit';

export async function qrCode(text: string): Promise<TemplateResult> {
  const { encode } = await import('uqr');
  // Capitals make a smaller code, and an address is read in capitals as well.
  const { data, size } = encode(text.toUpperCase(), { ecc: 'M', border: 2 });
  const cells = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return svg`<svg viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges" aria-hidden="true">
    <path fill="currentColor" d=${cells.join('')} /></svg>`;
}
