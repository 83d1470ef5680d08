/** The look of the pictures: readable on GitHub's light and dark pages, without scripts or fonts of their own. */

const STYLE = `<style>
text { font: 13px system-ui, sans-serif; fill: #1f2328 } .small { font-size: 11px; fill: #59636e } .strong { font-weight: 600 }
.middle { text-anchor: middle } .end { text-anchor: end } .mono { font-family: ui-monospace, monospace; font-size: 12px }
.box { fill: #f6f8fa; stroke: #d1d9e0 } .pill { fill: none; stroke: #9a6700 } .axis { stroke: #d1d9e0 } .line { fill: none; stroke: #0969da; stroke-width: 2 }
.first { fill: #0969da } .second { fill: #9a6700 } .faint { opacity: .25 } .good { fill: #1a7f37 } .dash { stroke: #59636e; stroke-dasharray: 4 3 }
.head { fill: none; stroke: #59636e; stroke-width: 1.5 }
@media (prefers-color-scheme: dark) {
text { fill: #f0f6fc } .small { fill: #9198a1 } .box { fill: #151b23; stroke: #3d444d } .pill { stroke: #d29922 } .axis { stroke: #3d444d }
.line { stroke: #4493f8 } .first { fill: #4493f8 } .second { fill: #d29922 } .good { fill: #3fb950 } .dash, .head { stroke: #9198a1 }
}
</style>`;

/** @param label what the picture shows, for those who hear it */
export function picture(width: number, height: number, label: string, parts: readonly string[]): string {
  const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(label)}">`;
  return [open, STYLE, ...parts, '</svg>', ''].join('\n');
}

export function text(x: number, y: number, content: string, look = ''): string {
  return `<text x="${x}" y="${y}"${look && ` class="${look}"`}>${escaped(content)}</text>`;
}

export function rect(x: number, y: number, width: number, height: number, look: string, radius = 0): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}"${radius > 0 ? ` rx="${radius}"` : ''} class="${look}"/>`;
}

export function line(x1: number, y1: number, x2: number, y2: number, look: string): string {
  return `<path d="M${x1} ${y1}L${x2} ${y2}" class="${look}"/>`;
}

/** An arrow to the right. */
export function arrow(x1: number, x2: number, y: number): string {
  return `<path d="M${x1} ${y}H${x2}m-6-4 6 4-6 4" class="head"/>`;
}

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
