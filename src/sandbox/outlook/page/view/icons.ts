const SVG = 'http://www.w3.org/2000/svg';

/** Drawn for this page, on a ground of 20 by 20. */
const PATHS = {
  mail: 'M3 5h14v10H3z M3 6l7 5 7-5',
  send: 'M3 4l14 6-14 6 2-6z M5 10h6',
  trash: 'M4 6h12 M8 6V4h4v2 M6 6l1 10h6l1-10',
  inbox: 'M4 4h12v12H4z M4 11h4l1 2h2l1-2h4',
  draft: 'M4 4h8v12H4z M13 12l4-5',
  sent: 'M3 5l14 5-14 5 2-5z',
  pin: 'M8 3l6 6-3 1-2 4-5-5 4-2z M6 12l-3 4',
  close: 'M5 5l10 10 M15 5L5 15',
  file: 'M5 3h7l3 3v11H5z M12 3v3h3',
  clip: 'M13 6l-6 6a2 2 0 003 3l6-6a3.500 3.500 0 00-5-5l-6 6',
  list: 'M4 6h.1 M4 10h.1 M4 14h.1 M7 6h9 M7 10h9 M7 14h9',
  link: 'M8 12l4-4 M7 9l-2 2a2.800 2.800 0 004 4l2-2 M13 11l2-2a2.800 2.800 0 00-4-4l-2 2',
  reply: 'M8 5l-5 5 5 5 M3 10h8c4 0 6 2 6 5',
  forward: 'M12 5l5 5-5 5 M17 10H9c-4 0-6 2-6 5',
} as const;

export type IconName = keyof typeof PATHS;

/** A picture that says nothing that words do not say: hidden from those who listen. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [key, value] of Object.entries({ viewBox: '0 0 20 20', width: '20', height: '20', 'aria-hidden': 'true', class: 'icon' })) svg.setAttribute(key, value);
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
