/** An address as a QR code, drawn as one path. The encoder is loaded with the first code that is shown. */
import { svg, type TemplateResult } from 'lit';

/** @param capitals it is read in capitals as well: they make a smaller code */
export async function qrCode(text: string, capitals = true): Promise<TemplateResult> {
  const { encode } = await import('uqr');
  const { data, size } = encode(capitals ? text.toUpperCase() : text, { ecc: 'M', border: 2 });
  const cells = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return svg`<svg viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges" aria-hidden="true">
    <path fill="currentColor" d=${cells.join('')} /></svg>`;
}
